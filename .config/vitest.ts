import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const resolve = { alias: { "@": root } };

/** Suites of their own: whole programs started and killed, ways out of the sandbox, cut-off runs, the worst requests. */
const own = {
	processes: "{server,db,inngest}/**/*.process.test.ts",
	escapes: "{server,inngest}/**/*.escapes.test.ts",
	interruptions: "inngest/**/*.interruptions.test.ts",
	requests: "{app,server}/**/*.requests.test.ts",
};
const elsewhere = Object.values(own);

export default defineConfig({
	root,
	resolve,
	test: {
		// Here and not in the suites: one PostgreSQL for all of them.
		globalSetup: [`${root}/.config/vitest-global-setup.ts`],
		projects: [
			suite("unit", ["{app,server,db,components}/**/*.test.{ts,tsx}"], elsewhere),
			suite("engine", ["inngest/**/*.test.ts"], elsewhere),
			...Object.entries(own).map(([name, files]) => suite(name, [files])),
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
			// Node.js alone does not find what it imports of Next.js.
			server: { deps: { inline: ["next-auth"] } },
		},
	};
}
