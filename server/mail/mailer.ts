import { createTransport } from "nodemailer";
import { type Env, getEnv } from "@/server/env";
import { oncePerProcess } from "@/server/once-per-process";

export interface Mail {
	to: string;
	subject: string;
	/** Plain text: links in it are read as they stand. */
	text: string;
	/** Where whoever wants no more of these switches them off. */
	unsubscribe?: string;
	/** Mails with the same id are the same mail. */
	id?: string;
}

export type SendMail = (mail: Mail) => Promise<void>;

/** Waiting for a mail server is given up then. */
const TIMEOUT_MS = 20_000;

/** What sends mail on this server; undefined where no mail server is set up. */
export function getMailer(): SendMail | undefined {
	return oncePerProcess("mailer", () => createMailer(getEnv()));
}

/** A connection to the mail server that is set up on this server, and what mails come from. */
export function createInstanceTransport({ SMTP_URL, MAIL_FROM }: Pick<Env, "SMTP_URL" | "MAIL_FROM">) {
	if (SMTP_URL === undefined || MAIL_FROM === undefined) return undefined;
	const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
	const transport = createTransport({ url: SMTP_URL, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
	return { transport, from: MAIL_FROM };
}

export function createMailer(env: Pick<Env, "SMTP_URL" | "MAIL_FROM">): SendMail | undefined {
	const own = createInstanceTransport(env);
	if (own === undefined) return undefined;
	const { transport, from } = own;
	return async ({ to, subject, text, unsubscribe, id }) => {
		await transport.sendMail({
			from,
			// As an object, so that an address is never read as a list of them.
			to: { name: "", address: to },
			subject,
			text,
			headers: { "Auto-Submitted": "auto-generated" },
			...(unsubscribe !== undefined && { list: { unsubscribe } }),
			...(id !== undefined && { messageId: `<${id}@${domainOf(from)}>` }),
		});
	};
}

function domainOf(from: string): string {
	return /@([\w.-]{1,253})/.exec(from)?.[1] ?? "localhost";
}
