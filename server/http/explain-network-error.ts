import { errorCode, FatalError, RetryableError } from "../errors";
import { BlockedHostError } from "./guarded-agent";

/** What a failed request means for the person and for the retry policy. Nothing of the inside is in the message. */
export function explainNetworkError(error: unknown, host: string): FatalError | RetryableError {
	const causes = causesOf(error);
	const own = causes.find((cause) => cause instanceof FatalError || cause instanceof RetryableError);
	// What was to be sent could not be read.
	if (own !== undefined) return own;
	const blocked = causes.find((cause) => cause instanceof BlockedHostError);
	if (blocked !== undefined) return refuseHost(host);
	if (causes.some((cause) => cause instanceof Error && cause.message === "bad port")) {
		return new FatalError(`The port of the address at ${host} belongs to another protocol; HTTP may not use it.`);
	}
	const code = causes.map(errorCode).find((found) => found !== undefined) ?? "";
	if (CERTIFICATE.test(code)) {
		const advice = "If it was issued by an authority of your own, name that in WEFT_CA_FILE.";
		return new FatalError(`The certificate of ${host} is not trusted (${code}). ${advice}`);
	}
	if (REFUSED_BEFORE_SENDING.has(code)) {
		const reason = causes.find((cause) => errorCode(cause) === code);
		const why = reason instanceof Error ? reason.message : code;
		return new FatalError(`The request to ${host} cannot be sent: ${why}. Look at its headers.`);
	}
	const reason = REASONS[code];
	const message = reason === undefined ? `The request to ${host} failed${code && ` (${code})`}.` : reason(host);
	return new RetryableError(message);
}

export function refuseHost(host: string): FatalError {
	return new FatalError(
		`${host} is not a public address, and requests may only reach public ones. ` +
			"An administrator can allow it in WEFT_ALLOW_ADDRESSES.",
	);
}

/** The client's own verdict on a request: another try gives the same one. */
const REFUSED_BEFORE_SENDING = new Set(["UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED"]);

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

const REASONS: Record<string, (host: string) => string> = {
	ENOTFOUND: (host) => `There is no host called ${host}. Check the address.`,
	EAI_AGAIN: (host) => `The name ${host} could not be looked up just now.`,
	ECONNREFUSED: (host) => `${host} refused the connection. Is the service running, and is the port right?`,
	ECONNRESET: (host) => `${host} closed the connection before it answered.`,
	UND_ERR_SOCKET: (host) => `${host} closed the connection before it answered.`,
	ETIMEDOUT: (host) => `${host} did not accept the connection in time.`,
	UND_ERR_CONNECT_TIMEOUT: (host) => `${host} did not accept the connection in time.`,
	UND_ERR_HEADERS_TIMEOUT: (host) => `${host} did not answer in time.`,
	UND_ERR_BODY_TIMEOUT: (host) => `${host} stopped in the middle of its answer.`,
	UND_ERR_RES_EXCEEDED_MAX_SIZE: (host) => `The answer of ${host} is too large.`,
};

/** The error, its causes, and the errors that an aggregate (one per tried address) holds. */
function causesOf(error: unknown, depth = 0): unknown[] {
	if (!(error instanceof Error) || depth > 5) return [];
	const below = error instanceof AggregateError ? error.errors : [];
	return [error, ...[error.cause, ...below].flatMap((cause) => causesOf(cause, depth + 1))];
}
