import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const resolve = { alias: { "@": root } };

/** Tests that start whole programs and kill them: minutes, not seconds. */
const processTests = "**/*.process.test.ts";

export default defineConfig({
	root,
	resolve,
	test: {
		// Here and not in the suites: one PostgreSQL for all of them.
		globalSetup: [`${root}/.config/vitest-global-setup.ts`],
		projects: [
			suite("unit", ["{app,server,db,components}/**/*.test.{ts,tsx}"], [processTests]),
			suite("engine", ["inngest/**/*.test.ts"], [processTests]),
			suite("processes", ["{server,db,inngest}/**/*.process.test.ts"]),
		],
	},
});

function suite(name: string, include: string[], exclude: string[] = []) {
	return {
		root,
		resolve,
		test: {
			name,
			include,
			exclude: ["node_modules/**", ...exclude],
			testTimeout: 30_000,
			hookTimeout: 60_000,
		},
	};
}
