import { readFileSync } from "node:fs";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

const MAX_LINES = 120;

/** Prints what a page held when its test failed: where the log is all that is kept, nothing else tells why. */
export default class PrintFailedPage implements Reporter {
	onTestEnd(test: TestCase, { status, attachments }: TestResult): void {
		if (status === test.expectedStatus) return;
		const { path } = attachments.find(({ name }) => name === "error-context") ?? {};
		if (!path) return;
		const [, page] = readFileSync(path, "utf8").split("```yaml\n");
		const lines = page?.split("\n").slice(0, MAX_LINES) ?? [];
		console.log([`The page of "${test.title}" when it failed:`, ...lines].join("\n"));
	}
}
