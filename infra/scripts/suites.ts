import { join } from "node:path";

/** One command whose outcome counts: a check counts as one test, the others tell how many they ran. */
export interface Step {
	name: string;
	command: readonly [program: string, ...args: string[]];
	/** Where the command writes its JSON report, and in whose format. */
	report?: { path: string; format: "vitest" | "playwright" };
	env?: Record<string, string>;
}

export const SUITE_NAMES = [
	"static",
	"unit",
	"engine",
	"escapes",
	"interruptions",
	"requests",
	"processes",
	"browser",
] as const;
export type SuiteName = (typeof SUITE_NAMES)[number];

/** The steps of one suite; reports go into `reports`. */
export function stepsOf(suite: SuiteName, reports: string): Step[] {
	if (suite === "static") return staticSteps;
	const path = join(reports, `${suite}.json`);
	if (suite === "browser") {
		return [
			build,
			{
				name: "browser tests",
				command: [
					"playwright",
					"test",
					"--config",
					".config/playwright.ts",
					"--reporter=list,json,./infra/scripts/print-failed-page.ts",
				],
				report: { path, format: "playwright" },
				env: { PLAYWRIGHT_JSON_OUTPUT_FILE: path },
			},
		];
	}
	const args = ["run", "--config", ".config/vitest.ts", "--project", `${suite}*`, "--passWithNoTests"];
	const reporters = ["default", "json", "./infra/scripts/keep-failures.ts"].map((one) => `--reporter=${one}`);
	const tests: Step = {
		name: `${suite} tests`,
		command: ["vitest", ...args, ...reporters, `--outputFile.json=${path}`],
		report: { path, format: "vitest" },
	};
	if (suite === "escapes") return [sandbox, tests];
	if (suite === "engine") return [alertmanager, tests];
	const inTurn: Step = { ...tests, command: [...tests.command, "--no-file-parallelism"] };
	if (suite === "interruptions") return [inTurn];
	return suite === "processes" ? [build, alertmanager, inTurn] : [tests];
}

/** Quick when it has been done: what is started must not build several times at once. */
const build: Step = { name: "build", command: ["node", "server/cli/weft.mjs", "build"] };

const sandbox: Step = { name: "sandbox", command: ["tsx", "infra/scripts/provide-bubblewrap.ts"] };

/** Both suites have tests of alerts; quick when it is there. */
const alertmanager: Step = { name: "alertmanager", command: ["tsx", "infra/scripts/provide-alertmanager.ts"] };

const staticSteps: Step[] = [
	{ name: "format and lint", command: ["biome", "ci", "."] },
	{ name: "import rules", command: ["node", "infra/scripts/check-imports.mjs"] },
	{ name: "route types", command: ["next", "typegen"], env: { NEXT_TELEMETRY_DISABLED: "1" } },
	{ name: "types", command: ["tsc", "--noEmit"] },
	{ name: "dead exports", command: ["knip", "--config", ".config/knip.json", "--no-progress"] },
];
