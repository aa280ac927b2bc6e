import { DrizzleQueryError } from "drizzle-orm";
import { pino } from "pino";

/**
 * What the log tells of an error. A failed query carries the values it was sent with, a password's hash among them:
 * only its text is told, and its cause.
 */
export function describeError(error: unknown): unknown {
	if (!(error instanceof Error)) return error;
	if (!(error instanceof DrizzleQueryError)) return pino.stdSerializers.err(error);
	return { ...pino.stdSerializers.err(error.cause ?? new Error("The query failed")), query: error.query };
}
