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
 * Unit tests that import once what all of them need: anew for each file it takes more than twice as long. Those that put
 * a module in the place of another are called `.isolated.test` and have theirs to themselves.
 */
const sharing = [
	...["account", "approval-links", "artifacts", "auth", "budgets", "comments", "costs", "credentials", "failures"],
	...["model-calls", "notifications", "plan"],
	...["presence", "runs", "sharing", "slack-approvals", "teams", "templates", "triggers", "trpc", "workflows"],
].join(",");
const together = ["components", `server/{${sharing}}`].map((place) => `${place}/**/!(*.isolated).test.{ts,tsx}`);

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
			setupFiles: isolate ? [] : [`${root}/.config/vitest-fresh-process.ts`],
			testTimeout: 30_000,
			// As in the browser: a busy machine can be slow once. What needed it is named at the end of the log.
			retry: 1,
			hookTimeout: 60_000,
			// Node.js alone does not find what it imports of Next.js.
			server: { deps: { inline: ["next-auth"] } },
		},
	};
}
