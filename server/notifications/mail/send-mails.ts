import { type SQL, sql } from "drizzle-orm";
import type { Sql } from "@/db/client";
import { runStatement } from "@/db/run-statement";
import { DEMO_EMAIL } from "@/server/auth/demo-user";
import { LEASE_SECONDS, MAILED_WITHIN_HOURS, refusalOf, secondsToWait } from "@/server/mail/mail-queue";
import type { SendMail } from "@/server/mail/mailer";
import { KIND_NAMES, kindOf } from "../catalog";
import { HAPPENING } from "../list-inbox";
import { isAllowed, isSettled } from "../settled";
import { composeMail, type MailedRow } from "./compose-mail";

export interface MailSettings {
	send: SendMail;
	/** A path of this server as people reach it. */
	addressOf: (path: string) => string;
	/** See `mailsOnlyVerified`. */
	onlyVerified: boolean;
}

/** Mails that one person gets within an hour: what comes beyond waits for the next one. */
const MAILS_AN_HOUR = 6;
/** People whose mails are sent in one go. */
const PEOPLE = 50;
/**
 * Mails people what they were told of and have not read. Nothing of it is locked while a mail server is waited for. A mail
 * whose worker dies is sent again under the same id. Throws when the mail server cannot be used, after having put off what
 * was to be sent: it is tried again, for a day.
 */
export async function sendMails(pool: Sql, settings: MailSettings): Promise<void> {
	await runStatement(pool, forgetting(settings));
	for (let people = 0; people < PEOPLE; people++) {
		const rows = await runStatement<ClaimedRow>(pool, claim());
		if (rows.length === 0) return;
		await sendOne(pool, settings, rows);
	}
}

type ClaimedRow = MailedRow & { mailTries: number };

async function sendOne(pool: Sql, { send, addressOf }: MailSettings, rows: readonly ClaimedRow[]): Promise<void> {
	const ids = rows.map(({ id }) => id);
	const mail = composeMail(rows, addressOf);
	try {
		if (mail) await send(mail);
	} catch (error) {
		const refusal = refusalOf(error);
		const tries = Math.max(...rows.map(({ mailTries }) => mailTries));
		await putOff(pool, ids, refusal === "for good" ? null : secondsToWait(tries));
		if (refusal !== undefined) return;
		throw error;
	}
	await pool`update notifications set mail_at = null, mailed_at = now() where id = any(${ids}::text[])`;
}

/** @param wait in seconds; null when it is not tried again */
async function putOff(pool: Sql, ids: readonly string[], wait: number | null): Promise<void> {
	await pool`update notifications set mail_at = now() + make_interval(secs => ${wait}) where id = any(${ids}::text[])`;
}

const MAILED = sql.raw(
	KIND_NAMES.filter((name) => kindOf(name).isMailed)
		.map((name) => `'${name}'`)
		.join(", "),
);

/** What is due and was read, settled, hidden or switched off meanwhile is not mailed any more, nor what is old by now. */
function forgetting({ onlyVerified }: MailSettings): SQL {
	return sql`
		update notifications n set mail_at = null from users u
		where u.id = n.user_id and n.mail_at <= now() and (
			n.read_at is not null or ${isSettled} or not ${isAllowed}
			or n.at < now() - make_interval(hours => ${String(MAILED_WITHIN_HOURS)}::text::int)
			or u.email = ${DEMO_EMAIL} or (${String(onlyVerified)}::text::boolean and u.email_verified is null)
			or not coalesce((select s.is_mailed from notification_switches s where s.user_id = n.user_id and s.kind = n.kind),
				n.kind in (${MAILED})))`;
}

/** Everything that is due for one person, who has not had many mails lately. */
function claim(): SQL {
	return sql`
		with person as (
			select n.user_id from notifications n
			where n.mail_at <= now() and (
				select count(distinct m.mailed_at) from notifications m
				where m.user_id = n.user_id and m.mailed_at > now() - interval '1 hour') < ${String(MAILS_AN_HOUR)}::text::int
			order by n.mail_at limit 1 for update skip locked
		), due as (
			select d.id from notifications d join person p on p.user_id = d.user_id
			where d.mail_at <= now() order by d.at desc limit 100 for update of d skip locked
		), claimed as (
			update notifications c set mail_at = now() + make_interval(secs => ${String(LEASE_SECONDS)}::text::float8),
				mail_tries = c.mail_tries + 1
			from due where c.id = due.id returning c.id
		)
		select n.id, u.email, n.mail_tries + 1 as "mailTries", ${HAPPENING.columns}
		from claimed join notifications n on n.id = claimed.id ${HAPPENING.joins}
		order by n.at desc, n.id desc`;
}
