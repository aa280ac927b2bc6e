const securityHeaders = [
	{ key: "X-Content-Type-Options", value: "nosniff" },
	{ key: "X-Frame-Options", value: "DENY" },
	{ key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
	{ key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), browsing-topics=()" },
	{ key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** The address of a share link is a secret: no search engine keeps it, no other page is told of it. */
const linkHeaders = [
	{ key: "X-Robots-Tag", value: "noindex, nofollow" },
	{ key: "Referrer-Policy", value: "no-referrer" },
	{ key: "Cache-Control", value: "private, no-store" },
];

/** Its form is sent without scripts, and taken only with the origin that it comes from: the page itself may be told. */
const decideHeaders = [...linkHeaders, { key: "Referrer-Policy", value: "same-origin" }];

/** @type {import("next").NextConfig} */
const config = {
	distDir: process.env.WEFT_NEXT_DIR ?? ".next",
	reactStrictMode: true,
	poweredByHeader: false,
	agentRules: false,
	// Without a connection a page or an action waits for it, instead of ending in the browser's own error page.
	experimental: { agentFeedback: false, agentUpgrade: false, useOffline: true },
	serverExternalPackages: [
		...["quickjs-emscripten", "pino", "postgres", "inngest", "piscina", "rate-limiter-flexible"],
		...["@aws-sdk/client-s3", "@aws-sdk/lib-storage"],
	],
	turbopack: { root: import.meta.dirname },
	// Every image is shown as it is; Next.js would fetch, shrink and keep whatever anybody names, links that were revoked too.
	images: { unoptimized: true },
	// `npm run check` looks at the types; the first start need not do so again.
	typescript: { ignoreBuildErrors: true },
	headers: async () => [
		{ source: "/:path*", headers: securityHeaders },
		{ source: "/share/:path*", headers: linkHeaders },
		{ source: "/decide/:path*", headers: decideHeaders },
	],
};

export default config;
