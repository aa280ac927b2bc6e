import { TRPCClientError } from "@trpc/client";
import { RefusedError } from "./refused-error";

const NO_ANSWER = "The server did not answer. Check that Weft is running, then try again.";

/** The status of a call that the server refused, `401`; null when the server did not answer at all. */
export function httpStatus(error: unknown): number | null {
	if (error instanceof RefusedError) return error.status;
	const data: unknown = error instanceof TRPCClientError ? error.data : null;
	if (typeof data !== "object" || data === null || !("httpStatus" in data)) return null;
	return typeof data.httpStatus === "number" ? data.httpStatus : null;
}

/** A failure before anything was asked of the server; its message is a sentence for people. */
export class PlainError extends Error {}

/** What to tell a person about a failed call: the server's own sentence, or that there was no answer. */
export function errorText(error: unknown): string {
	if (error instanceof PlainError) return error.message;
	return error instanceof Error && httpStatus(error) !== null ? error.message : NO_ANSWER;
}

/** Whether asking again may help: yes for a server that did not answer or stumbled, no for a refusal. */
export function isWorthRetrying(error: unknown): boolean {
	const status = httpStatus(error);
	return status === null || status >= 500;
}
