import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
	root,
	resolve: { alias: { "@": root.replace(/\/$/, "") } },
	test: {
		include: ["server/**/*.test.ts", "inngest/**/*.test.ts", "db/**/*.test.ts", "components/**/*.test.{ts,tsx}"],
		globalSetup: [".config/vitest-global-setup.ts"],
		testTimeout: 30_000,
		hookTimeout: 60_000,
	},
});
