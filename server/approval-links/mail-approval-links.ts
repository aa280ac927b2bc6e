import type { Database, Sql } from "@/db/client";
import { hashToken } from "@/server/auth/secret-token";
import { getMasterSecrets } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { LEASE_SECONDS, MAILED_WITHIN_HOURS, refusalOf, secondsToWait } from "@/server/mail/mail-queue";
import { getMailer, type Mail, type SendMail } from "@/server/mail/mailer";
import { mailsOnlyVerified } from "@/server/notifications/mail/mails-only-verified";
import { shorten } from "@/server/notifications/run-place";
import { publicAddress } from "@/server/public-address";
import { warnOnStep } from "@/server/runs/store/warn-on-step";
import { type ApprovalLink, findLink, stateOfLink } from "./find-approval-link";
import { approvalPath, approvalToken } from "./link-token";

/** Links that are mailed in one go. */
const MOST = 50;
const MAX_MESSAGE = 4_000;

/** Mails the links of approvals, where mail is set up: each once, but again under the same id when nobody knows whether it went. */
export async function mailApprovalLinks({ sql }: Database, send: SendMail | undefined = getMailer()): Promise<void> {
	if (send === undefined) return;
	await giveUpLate(sql);
	for (let count = 0; count < MOST; count++) {
		const due = await claim(sql);
		if (due === undefined) return;
		await mailOne(sql, send, due);
	}
}

interface Due {
	id: string;
	tries: number;
}

async function mailOne(sql: Sql, send: SendMail, { id, tries }: Due): Promise<void> {
	const link = await findLink(sql, { id });
	const refused = link && (await refusalToMail(sql, link));
	if (link !== undefined && refused === undefined && stateOfLink(link) === "open") {
		const token = approvalToken(getMasterSecrets(), id);
		await sql`update approval_links set token_hash = ${hashToken(token, "hex")} where id = ${id}`;
		try {
			await send(composeMail(link, publicAddress(approvalPath(token), getEnv())));
		} catch (error) {
			const refusal = refusalOf(error);
			if (refusal === "for good") return await giveUp(sql, link, "the mail server refuses it");
			await sql`
				update approval_links set mail_at = now() + make_interval(secs => ${secondsToWait(tries)}) where id = ${id}`;
			if (refusal !== undefined) return;
			throw error;
		}
	}
	if (link !== undefined && refused !== undefined) return await giveUp(sql, link, refused);
	await sql`update approval_links set mail_at = null where id = ${id}`;
}

/** Why a link that waits for a decision is not mailed. */
async function refusalToMail(sql: Sql, link: ApprovalLink): Promise<string | undefined> {
	if (stateOfLink(link) === "refused") return "it is not that of a member who may decide this";
	if (stateOfLink(link) !== "open" || (await mayMail(sql, link))) return undefined;
	return "nobody has shown that it is theirs, and where anybody may sign up this server mails nobody else";
}

/** Nobody waits for a mail that never comes: the run says so. */
async function giveUp(sql: Sql, link: ApprovalLink, why: string): Promise<void> {
	await sql.begin(async (tx) => {
		const given = await tx`
			update approval_links set mail_at = null where id = ${link.id} and mail_at is not null returning id`;
		if (given.length === 0) return;
		await warnOnStep(tx, link, `No link was mailed to ${link.address}: ${why}. It can be decided in Weft.`);
	});
}

/** A mail server that was away for that long is asked no more. */
async function giveUpLate(sql: Sql): Promise<void> {
	const late = await sql<{ id: string }[]>`
		select id from approval_links
		where mail_at <= now() and created_at <= now() - make_interval(hours => ${MAILED_WITHIN_HOURS})
		order by mail_at limit ${MOST}`;
	for (const { id } of late) {
		const link = await findLink(sql, { id });
		if (link === undefined || stateOfLink(link) !== "open")
			await sql`update approval_links set mail_at = null where id = ${id}`;
		else await giveUp(sql, link, `the mail server was away for ${MAILED_WITHIN_HOURS} hours`);
	}
}

async function claim(sql: Sql): Promise<Due | undefined> {
	const [due] = await sql<Due[]>`
		update approval_links l set mail_at = now() + make_interval(secs => ${LEASE_SECONDS}), mail_tries = l.mail_tries + 1
		where l.id = (
			select d.id from approval_links d
			where d.mail_at <= now() and d.created_at > now() - make_interval(hours => ${MAILED_WITHIN_HOURS})
			order by d.mail_at limit 1 for update skip locked)
		returning l.id, l.mail_tries as tries`;
	return due;
}

/** Where anybody may make an account, nobody sends words of their own to strangers from here. */
async function mayMail(sql: Sql, { address }: ApprovalLink): Promise<boolean> {
	if (!mailsOnlyVerified()) return true;
	const known = await sql`select 1 from users where lower(email) = ${address} and email_verified is not null`;
	return known.length > 0;
}

function composeMail({ id, address, workflow, runNumber, team, question }: ApprovalLink, link: string): Mail {
	const until = question.until === undefined ? "" : ` until ${new Date(question.until).toUTCString()}`;
	const message =
		question.message.length > MAX_MESSAGE
			? `${question.message.slice(0, MAX_MESSAGE).toWellFormed()}…`
			: question.message;
	const text = [
		`Run ${runNumber} of ${workflow} (${team}) waits for your decision${until}.`,
		message,
		`Look at it and decide:\n${link}`,
		"Opening the link changes nothing; the buttons on its page do. It is for you alone and works once, so do not pass this mail on.",
	];
	return {
		to: address,
		subject: shorten(`Decide: ${workflow}, run ${runNumber}`),
		text: `${text.join("\n\n")}\n`,
		id: `approval.${id}`,
	};
}
