import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { z } from "zod";
import { type Step, SUITE_NAMES, stepsOf } from "./suites";

/**
 * Runs the suites named as arguments, or all, one after the other; a failure does not keep the next from running. The
 * last line is `N passed, N failed` over everything.
 */
interface Count {
	passed: number;
	failed: number;
}

/** What stands at the end of the log, in characters. */
const MAX_FAILURES = 8_000;

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightReport = z.object({
	stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

const suites = z.array(z.enum(SUITE_NAMES)).parse(process.argv.slice(2));
const reports = await mkdtemp(join(tmpdir(), "weft-reports-"));
const failuresFile = join(reports, "failures.txt");
const steps = (suites.length > 0 ? suites : SUITE_NAMES).flatMap((suite) => stepsOf(suite, reports));
const failures: string[] = [];
const total: Count = { passed: 0, failed: 0 };
for (const step of steps) {
	const count = await runStep(step);
	total.passed += count.passed;
	total.failed += count.failed;
	if (count.failed > 0) failures.push(step.name);
}
const failed = await readFile(failuresFile, "utf8").catch(() => "");
await rm(reports, { recursive: true });
if (failed) console.log(`\n── what failed, or passed at the second try only\n\n${failed.slice(0, MAX_FAILURES)}`);
if (failures.length > 0) console.log(`\nFailed: ${failures.join(", ")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runStep({ name, command, report, env }: Step): Promise<Count> {
	console.log(`\n── ${name}`);
	const startedAt = Date.now();
	const [program, ...args] = command;
	const path = ["node_modules/.bin", process.env.PATH].join(delimiter);
	const child = spawn(program, args, {
		stdio: "inherit",
		env: { ...process.env, PATH: path, WEFT_FAILURES_FILE: failuresFile, ...env },
	});
	const [code] = await once(child, "exit");
	console.log(`── ${name}: ${code === 0 ? "passed" : "failed"} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
	if (!report) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
	const count = await readReport(report);
	return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** No report: the command died before it could write one. */
async function readReport({ path, format }: NonNullable<Step["report"]>): Promise<Count> {
	const text = await readFile(path, "utf8").catch(() => undefined);
	if (text === undefined) return { passed: 0, failed: 0 };
	if (format === "vitest") {
		const { numPassedTests, numFailedTests } = vitestReport.parse(JSON.parse(text));
		return { passed: numPassedTests, failed: numFailedTests };
	}
	const { stats } = playwrightReport.parse(JSON.parse(text));
	return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}
