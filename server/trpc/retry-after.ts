import type { TRPCError } from "@trpc/server";
import { WeftError } from "@/server/errors";

/** When to ask again (RFC 9110, Retry-After), where an answer is a refusal that tells. */
export function retryAfter(errors: readonly TRPCError[]): Record<string, string> {
	const seconds = errors.flatMap(({ cause }) =>
		cause instanceof WeftError ? (cause.details.retryAfterSeconds ?? []) : [],
	);
	return seconds.length === 0 ? {} : { "retry-after": String(Math.max(...seconds)) };
}
