import type { CodingAttempt } from "../../runs/coding-attempt";
import type { CodingResult } from "../../runs/coding-result";
import { countOf } from "../summary-text";

/** One line of what an attempt came to, for a list of them. */
export function describeAttempt({ result, problem }: CodingAttempt): string {
	if (result === undefined) return problem ?? "no result";
	const { fileCount, added, removed, tests, durationMs } = result;
	const parts = [
		fileCount === 0 ? "no changes" : `${countOf(fileCount, "file")}, +${added} −${removed}`,
		tests && (tests.exitCode === 0 ? "tests passed" : "tests failed"),
		describeCost(result),
		`${Math.round(durationMs / 1_000)} s`,
		problem && "failed",
	];
	return parts.filter(Boolean).join(" · ");
}

function describeCost({ costUsd, costKind }: CodingResult): string {
	if (costUsd === null) return "cost unknown";
	return `$${costUsd.toFixed(2)}${costKind === "notional" ? " notional" : ""}`;
}
