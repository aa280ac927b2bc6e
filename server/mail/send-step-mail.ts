import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type Env, getEnv } from "@/server/env";
import { FatalError, RetryableError, WeftError } from "@/server/errors";
import { countUse, sharedLimiter } from "@/server/rate-limit";
import { createInstanceTransport } from "./mailer";
import { explainMailError, openTransport, type Reach } from "./open-transport";
import { readSmtpServer } from "./smtp-server";
import type { MailAttachment, SendStepMail, StepMail } from "./step-mail";

/** Recipients that the steps of one team have in an hour, by this server's own mail server. */
const RECIPIENTS = { points: 500, duration: 3_600 };

/**
 * Creates what sends the mails of steps. It throws `FatalError` where another try gives the same answer, `RetryableError` where
 * the server was busy or away: the next try has the same `Message-ID`, by which mailboxes keep one of two.
 */
export function createSendStepMail(database: Database, reach: Reach, env: FromEnv = getEnv()): SendStepMail {
	return async ({ teamId }, mail, signal) => {
		if (mail.server === undefined) await requireMembers(database, teamId, mail);
		const { transport, from, host } = await openFor(mail, reach, env);
		const stop = () => transport.close();
		signal.addEventListener("abort", stop, { once: true });
		try {
			signal.throwIfAborted();
			const sent = await transport.sendMail(messageOf(mail, from));
			return {
				messageId: sent.messageId,
				accepted: sent.accepted.map(addressIn),
				rejected: sent.rejected.map(addressIn),
			};
		} catch (error) {
			signal.throwIfAborted();
			throw explainMailError(error, host);
		} finally {
			signal.removeEventListener("abort", stop);
			stop();
		}
	};
}

type FromEnv = Pick<Env, "SMTP_URL" | "MAIL_FROM">;

async function openFor({ server }: StepMail, reach: Reach, env: FromEnv) {
	if (server !== undefined) {
		const smtp = readSmtpServer(server);
		return { transport: await openTransport(smtp, reach), from: smtp.from, host: smtp.host };
	}
	const own = createInstanceTransport(env);
	if (own === undefined)
		throw new FatalError("This server sends no mail of its own (SMTP_URL). Choose a mail server credential.");
	return { ...own, host: "The mail server" };
}

function messageOf(mail: StepMail, from: string) {
	const { to, cc, bcc, replyTo, fromName, subject, text, html, id, attachments } = mail;
	const list = (addresses: readonly string[]) => addresses.map((address) => ({ name: "", address }));
	const sender = fromName === undefined ? from : { name: fromName, address: addressOf(from) };
	return {
		from: sender,
		to: list(to),
		cc: list(cc),
		bcc: list(bcc),
		...(replyTo !== undefined && { replyTo: { name: "", address: replyTo } }),
		subject,
		text,
		...(html !== undefined && { html }),
		messageId: `<${id}@${addressOf(from).split("@")[1] ?? "localhost"}>`,
		headers: { "Auto-Submitted": "auto-generated" },
		attachments: attachments.map(toAttachment),
	};
}

/** Opened when its turn comes; in base64, so that no line of a text is changed. */
function toAttachment({ name, type, open }: MailAttachment) {
	const content = Readable.from(readLate(open), { objectMode: false });
	return { filename: name, contentType: type, contentTransferEncoding: "base64" as const, content };
}

async function* readLate(open: MailAttachment["open"]) {
	yield* await open();
}

/** Of `Weft <weft@example.com>`, or of an address alone. */
function addressOf(from: string): string {
	return /[\w.+-]{1,64}@[\w.-]{1,253}/.exec(from)?.[0] ?? from;
}

function addressIn(entry: string | { address: string }): string {
	return typeof entry === "string" ? entry : entry.address;
}

/** This server is no relay: it mails to those of the team who have shown that their address is theirs. */
async function requireMembers({ db }: Database, teamId: string, { to, cc, bcc }: StepMail): Promise<void> {
	const asked = [...new Set([...to, ...cc, ...bcc].map((address) => address.toLowerCase()))];
	const rows = await db.execute<{ email: string }>(sql`
		select lower(u.email) as email from memberships m join users u on u.id = m.user_id
		where m.team_id = ${teamId} and u.email_verified is not null`);
	const known = new Set(rows.map(({ email }) => email));
	const stranger = asked.find((address) => !known.has(address));
	if (stranger !== undefined) {
		const advice = "Choose a mail server credential to mail to others.";
		throw new FatalError(`${stranger} is not the verified address of a member of the team. ${advice}`);
	}
	for (const _ of asked) await countRecipient(db, teamId);
}

async function countRecipient(db: Database["db"], teamId: string): Promise<void> {
	try {
		await countUse(sharedLimiter(db, "step-mails", RECIPIENTS), teamId, "The steps of this team sent too many mails");
	} catch (error) {
		if (error instanceof WeftError) throw new RetryableError(error.message, error.details.retryAfterSeconds);
		throw error;
	}
}
