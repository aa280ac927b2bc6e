import { rootCertificates } from "node:tls";
import { getSystemErrorName } from "node:util";
import { createTransport } from "nodemailer";
import { errorCode, FatalError, RetryableError } from "@/server/errors";
import { explainNetworkError } from "@/server/http/explain-network-error";
import type { SmtpServer } from "./smtp-server";

/** Waiting for a mail server is given up then. */
const TIMEOUT_MS = 20_000;

export interface Reach {
	/** An address of a host that connections may be made to; throws `FatalError` where there is none. */
	resolve(host: string): Promise<string>;
	/** Certificates of authorities that are trusted beside the public ones, in PEM. */
	authorities: string | undefined;
}

/** Connects to the very address that was allowed, and knows the certificate by the name. */
export async function openTransport(server: SmtpServer, { resolve, authorities }: Reach) {
	const { host, port, security, user, password } = server;
	return createTransport({
		host: await resolve(host),
		port,
		secure: security === "tls",
		requireTLS: security === "starttls",
		ignoreTLS: security === "none",
		...(user !== "" && { auth: { user, pass: password } }),
		tls: { servername: host, ...(authorities !== undefined && { ca: [...rootCertificates, authorities] }) },
		connectionTimeout: TIMEOUT_MS,
		greetingTimeout: TIMEOUT_MS,
		socketTimeout: TIMEOUT_MS,
		disableFileAccess: true,
		disableUrlAccess: true,
	});
}

/** What a failed mail means: 4xx may pass, 5xx stays (RFC 5321, 4.2.1), and so does a password that is wrong. */
export function explainMailError(error: unknown, host: string): FatalError | RetryableError {
	if (error instanceof FatalError || error instanceof RetryableError) return error;
	const { responseCode, response } = readReply(error);
	const code = errorCode(error);
	if (code === "ETLS")
		return new FatalError(`${host} offers no encryption on this port. Try tls and port 465 in the credential.`);
	if (responseCode !== undefined) {
		const message = `${host} refused the mail: ${response}`;
		if (responseCode < 500) return new RetryableError(message);
		if (code === "EAUTH")
			return new FatalError(`${host} refused the user name or password (${responseCode}). Check the credential.`);
		return new FatalError(message);
	}
	if (code === "EAUTH") return new FatalError(`${host} does not take a user name and password. Check the credential.`);
	if (code === "ETIMEDOUT") return new RetryableError(`${host} did not answer in time. Is the port right?`);
	if (code === "ECONNECTION") return new RetryableError(`${host} closed the connection before it answered.`);
	return explainNetworkError(withOwnCode(error), host);
}

/** The client gives every error of a socket one code of its own; the errno and the message still tell which it was. */
function withOwnCode(error: unknown): unknown {
	if (!(error instanceof Error)) return error;
	const isCertificate = /certificate|altnames/i.test(error.message);
	const errno = "errno" in error && typeof error.errno === "number" ? error.errno : undefined;
	const code = isCertificate ? "CERT_NOT_TRUSTED" : errno && getSystemErrorName(errno);
	return code ? Object.assign(new Error(error.message), { code }) : error;
}

function readReply(error: unknown): { responseCode?: number; response: string } {
	if (!(error instanceof Error)) return { response: "" };
	const responseCode = "responseCode" in error ? Number(error.responseCode) : 0;
	const response = "response" in error ? String(error.response).replace(/\s+/g, " ").slice(0, 300) : "";
	return responseCode >= 400 ? { responseCode, response } : { response };
}
