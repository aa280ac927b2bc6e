import type { Issue } from "./plan/issue";
import type { JsonObject } from "./plan/values/json";

export type ErrorCode =
	| "unauthenticated"
	| "forbidden"
	| "not_found"
	| "invalid"
	| "conflict"
	| "too_many_requests"
	| "too_large"
	| "unavailable"
	| "internal";

/**
 * An error that a person may see. Mapped once per surface (tRPC, route handlers, the command line). The message
 * says what was wrong, where, and what to do next; it never holds a secret.
 */
export class WeftError extends Error {
	override readonly name = "WeftError";
	constructor(
		readonly code: ErrorCode,
		message: string,
		readonly details: { issues?: Issue[]; retryAfterSeconds?: number; cause?: unknown } = {},
	) {
		super(message, { cause: details.cause });
	}
}

/** Thrown by an executor when trying again cannot help: the step fails at once, whatever its retry policy. */
export class FatalError extends Error {
	override readonly name = "FatalError";
}

/** A conversation is longer than the model's context window: shorten it and ask again. */
export class ContextOverflowError extends FatalError {}

/** A budget has nothing left for a call of a model, which was not made. */
export class BudgetSpentError extends FatalError {}

/** Thrown by an executor when trying again may help. `retryAfterSeconds` overrides the policy's wait. */
export class RetryableError extends Error {
	override readonly name: string = "RetryableError";
	constructor(
		message: string,
		readonly retryAfterSeconds?: number,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

/** A program that failed. What it left stands beside the error for the steps after an error port. */
export class ProgramError extends RetryableError {
	override readonly name = "ProgramError";
	constructor(
		message: string,
		readonly output: JsonObject,
		{ retryAfterSeconds, ...options }: ErrorOptions & { retryAfterSeconds?: number | undefined } = {},
	) {
		super(message, retryAfterSeconds, options);
	}
}

/** The code of an error of Node.js (`ENOENT`), PostgreSQL (`23505`) or undici; undefined for any other. */
export function errorCode(error: unknown): string | undefined {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
