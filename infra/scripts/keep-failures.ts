import { appendFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";

const MAX_LENGTH = 1_500;

/**
 * Keeps what failed, or passed at the second try only, in the file that `WEFT_FAILURES_FILE` names, for the end of the
 * log: of a long one often nothing but the end is read.
 */
export default class KeepFailures implements Reporter {
	onTestCaseResult(test: TestCase): void {
		const { state, errors } = test.result();
		const flaky = test.diagnostic()?.flaky ?? false;
		if (state !== "failed" && !flaky) return;
		keep(state === "failed" ? "failed" : "passed at the second try", test.module, test.fullName, errors);
	}

	/** What failed outside of any test: an import, a hook. */
	onTestSuiteResult(suite: TestSuite): void {
		if (suite.errors().length > 0) keep("failed", suite.module, suite.fullName, suite.errors());
	}

	onTestModuleEnd(module: TestModule): void {
		if (module.errors().length > 0) keep("failed", module, "the file itself", module.errors());
	}
}

type Errors = readonly { message: string; stack?: string; diff?: string }[];

function keep(outcome: string, { relativeModuleId }: TestModule, name: string, errors: Errors = []): void {
	const file = process.env.WEFT_FAILURES_FILE;
	if (!file) return;
	const told = errors.flatMap(({ stack, message, diff = "" }) => [stack ?? message, diff]).join("\n");
	const lines = stripVTControlCharacters(told).split("\n");
	const ours = lines.filter((line) => !line.includes("/node_modules/")).join("\n");
	appendFileSync(file, `${outcome}: ${relativeModuleId} > ${name}\n${ours.slice(0, MAX_LENGTH)}\n\n`);
}
