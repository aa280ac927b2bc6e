import { appendFileSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

const MAX_LINES = 120;
const MAX_LENGTH = 1_500;

/**
 * Prints what a page held when its test failed: where the log is all that is kept, nothing else tells why. The failure
 * itself is kept for the end of the log, as those of the other suites are (keep-failures.ts).
 */
export default class PrintFailedPage implements Reporter {
	onTestEnd(test: TestCase, { status, attachments, error, retry }: TestResult): void {
		if (status === test.expectedStatus) return;
		const { file, line } = test.location;
		const where = `${relative(process.cwd(), file)}:${line} > ${test.title}`;
		const reason = stripVTControlCharacters(error?.message ?? status).slice(0, MAX_LENGTH);
		const kept = process.env.WEFT_FAILURES_FILE;
		if (kept) appendFileSync(kept, `failed at try ${retry + 1}: ${where}\n${reason}\n\n`);
		const { path } = attachments.find(({ name }) => name === "error-context") ?? {};
		if (!path) return;
		const [, page] = readFileSync(path, "utf8").split("```yaml\n");
		const lines = page?.split("\n").slice(0, MAX_LINES) ?? [];
		console.log([`The page of "${test.title}" when it failed:`, ...lines].join("\n"));
	}
}
