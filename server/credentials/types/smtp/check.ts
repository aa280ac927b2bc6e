import { RetryableError } from "@/server/errors";
import { explainMailError, openTransport } from "@/server/mail/open-transport";
import { readSmtpServer } from "@/server/mail/smtp-server";
import type { CheckCredential } from "../../credential-check";

/** Connects, encrypts and signs in as a mail would be sent, and sends none. */
export const checkSmtp: CheckCredential = async (parts, { resolve, authorities, signal }) => {
	const server = readSmtpServer(parts[""] ?? "");
	const transport = await openTransport(server, { resolve, authorities });
	const stop = () => transport.close();
	signal.addEventListener("abort", stop, { once: true });
	try {
		await transport.verify();
		const signedIn = server.user === "" ? "answers, and asks for no account" : `takes the account ${server.user}`;
		return { verdict: "works", message: `${server.host} ${signedIn}.` };
	} catch (error) {
		signal.throwIfAborted();
		const explained = explainMailError(error, server.host);
		if (explained instanceof RetryableError) throw explained;
		return { verdict: "refused", message: explained.message };
	} finally {
		signal.removeEventListener("abort", stop);
		stop();
	}
};
