import { pino } from "pino";

/** The fields of a PostgreSQL error that contain no data; `detail` contains whole rows. */
const SAFE_FIELDS = [
	"code",
	"severity",
	"schema_name",
	"table_name",
	"column_name",
	"constraint_name",
	"routine",
	"query",
	"digest",
] as const;

/**
 * What the log tells of an error. A failed query carries the values it was sent with, a password's hash among them, and so
 * does PostgreSQL's answer: only the text of the query and the name of what was violated are told.
 */
export function describeError(error: unknown): unknown {
	if (!(error instanceof Error)) return error;
	const cause = causeOf(error);
	if (isFailedQuery(error))
		return { ...Object(describeError(cause ?? new Error("The query failed"))), query: error.query };
	if (error.name === "PostgresError") return describeDatabaseError(error);
	// The serializer joins the messages of all causes, whatever they hold.
	return cause
		? { ...pino.stdSerializers.err(withoutCause(error)), cause: describeError(cause) }
		: pino.stdSerializers.err(error);
}

/** Drizzle's error, recognized by its fields: each bundle of the web server has a class of its own. */
function isFailedQuery(error: Error): error is Error & { query: string } {
	return "params" in error && "query" in error && typeof error.query === "string";
}

function describeDatabaseError(error: Error): Record<string, unknown> {
	const { message, stack } = error;
	const told = SAFE_FIELDS.flatMap((key) => (Reflect.has(error, key) ? [[key, Reflect.get(error, key)]] : []));
	return { type: "PostgresError", message, stack, ...Object.fromEntries(told) };
}

/** Auth.js puts the error that it met one level deeper. */
function causeOf({ cause }: Error): Error | undefined {
	if (cause instanceof Error) return cause;
	const inner = typeof cause === "object" && cause !== null && "err" in cause ? cause.err : undefined;
	return inner instanceof Error ? inner : undefined;
}

function withoutCause(error: Error): Error {
	return Object.create(error, { cause: { value: undefined, enumerable: false } });
}
