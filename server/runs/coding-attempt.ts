import { isObject, type Json } from "../plan/values/json";
import { type CodingResult, codingResultSchema } from "./coding-result";

/** What one of several coding agents made of a task. */
export interface CodingAttempt {
	/** What it is called among the others. */
	name: string;
	/** Undefined where its step has none: it was skipped, or failed before it had begun. */
	result: CodingResult | undefined;
	/** Why its step failed; undefined if it has not. */
	problem: string | undefined;
}

/** The attempts in the values of a step, by their names. */
export function readAttempts(values: Readonly<Record<string, Json>>): CodingAttempt[] {
	return Object.entries(values).map(([name, value]) => {
		const parsed = codingResultSchema.safeParse(value);
		const result = parsed.success ? parsed.data : undefined;
		return { name, result, problem: problemIn(value) ?? (result ? undefined : "It has no result of a coding agent.") };
	});
}

function problemIn(value: Json): string | undefined {
	const error = isObject(value) ? value.error : undefined;
	return isObject(error) && typeof error.message === "string" ? error.message : undefined;
}

/** Whether it has changed anything that could be taken. */
export function canBeTaken({ result }: CodingAttempt): boolean {
	return result !== undefined && (result.patch !== null || result.diff !== null) && result.fileCount > 0;
}

/** Whether its own rule says that it succeeded, and its tests pass where there are any. */
export function hasSucceeded({ result, problem }: CodingAttempt): boolean {
	return result !== undefined && problem === undefined && result.outcome.ok && (result.tests?.exitCode ?? 0) === 0;
}
