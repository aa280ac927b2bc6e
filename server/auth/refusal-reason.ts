import { errorCode } from "@/server/errors";

/** The types of Auth.js's errors that a client causes. */
const CLIENT_ERRORS: ReadonlySet<string> = new Set([
	"AccessDenied",
	"InvalidCallbackUrl",
	"InvalidCheck",
	"InvalidProvider",
	"OAuthCallbackError",
	"UnknownAction",
]);

/**
 * In a word why a sign-in by another service was refused, when the way back from it was not as it has to be: anybody can
 * send one, and nobody is to fill the log with stack traces. Undefined for what is wrong with this server.
 */
export function refusalReason(error: Error): string | undefined {
	const type = textOf(error, "type");
	if (type === undefined || CLIENT_ERRORS.has(type)) return type;
	const cause = error.cause instanceof Object && "err" in error.cause ? error.cause.err : undefined;
	const code = errorCode(cause);
	if (type !== "CallbackRouteError" || !code?.startsWith("OAUTH_")) return undefined;
	// What the service says, in the words of RFC 6749 §5.2: a wrong client secret reads `invalid_client`.
	return textOf(cause, "error") ?? code;
}

function textOf(value: unknown, key: "type" | "error"): string | undefined {
	const text = value instanceof Object && key in value ? Reflect.get(value, key) : undefined;
	return typeof text === "string" ? text : undefined;
}
