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
/**
 * Unit tests without a database, which import once what all of them need: anew for each file it takes more than twice as
 * long. Those that put a module in the place of another are called `.isolated.test` and have theirs to themselves.
 */
const together = ["components/**/!(*.isolated).test.{ts,tsx}", "server/plan/**/*.test.ts"];

export default defineConfig({
	root,
	resolve,
	test: {
		// Here and not in the suites: one PostgreSQL for all of them.
		globalSetup: [`${root}/.config/vitest-global-setup.ts`],
		// By default one core is left free: of two that is half of all.
		maxWorkers: "100%",
		projects: [
			suite("unit", ["{app,server,db,components}/**/*.test.{ts,tsx}"], { exclude: [...elsewhere, ...together] }),
			suite("unit-together", together, { exclude: elsewhere, isolate: false }),
			suite("engine", ["inngest/**/*.test.ts"], { exclude: elsewhere }),
			...Object.entries(own).map(([name, files]) => suite(name, [files])),
		],
	},
});

function suite(
	name: string,
	include: string[],
	{ exclude = [], isolate = true }: { exclude?: string[]; isolate?: boolean } = {},
) {
	return {
		root,
		resolve,
		test: {
			name,
			include,
			exclude: ["node_modules/**", ...exclude],
			isolate,
			testTimeout: 30_000,
			hookTimeout: 60_000,
			// Node.js alone does not find what it imports of Next.js.
			server: { deps: { inline: ["next-auth"] } },
		},
	};
}
