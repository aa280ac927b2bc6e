import type { Sql } from "@/db/client";
import { hashToken, newToken } from "@/server/auth/secret-token";
import { LEASE_SECONDS, MAILED_WITHIN_HOURS, refusalOf, secondsToWait } from "@/server/mail/mail-queue";
import type { SendMail } from "@/server/mail/mailer";
import { logError } from "@/server/observability/log-error";
import type { Role } from "../permissions";
import { publicInvitation } from "./public-invitation";

/** Invitations that are mailed in one go. */
const MOST = 50;

interface Claimed {
	id: string;
	email: string;
	role: Role;
	tries: number;
	team: string;
	inviter: string;
}

/** What became of a mail: sent, to be tried again for a day, or refused for good. */
export type MailOutcome = "sent" | "waiting" | "refused";

/** Mails an invitation that was just made, at once; whether or not that works, its mail is kept until it is sent. */
export async function mailInvitation(pool: Sql, id: string, send: SendMail): Promise<MailOutcome> {
	const [claimed] = await claim(pool, id);
	if (!claimed) return "refused";
	try {
		return await mailOne(pool, claimed, send);
	} catch (error) {
		logError(error, "An invitation could not be mailed yet", { part: "teams" });
		return "waiting";
	}
}

/** Mails the invitations that wait for it. Throws when the mail server cannot be used, having put off what was to be sent. */
export async function mailInvitations(pool: Sql, send: SendMail): Promise<void> {
	await pool`
		update invitations set mail_at = null
		where mail_at <= now() and (revoked_at is not null or invited_by is null or uses >= max_uses or expires_at <= now()
			or created_at < now() - make_interval(hours => ${MAILED_WITHIN_HOURS}))`;
	for (let mails = 0; mails < MOST; mails++) {
		const [claimed] = await claim(pool, null);
		if (!claimed) return;
		await mailOne(pool, claimed, send);
	}
}

async function claim(pool: Sql, id: string | null): Promise<Claimed[]> {
	return await pool<Claimed[]>`
		with due as (
			select id from invitations where mail_at <= now() and (${id}::text is null or id = ${id})
			order by mail_at limit 1 for update skip locked
		), claimed as (
			update invitations i set mail_at = now() + make_interval(secs => ${LEASE_SECONDS}), mail_tries = mail_tries + 1
			from due where i.id = due.id returning i.*
		)
		select c.id, c.email, c.role, c.mail_tries as tries, t.name as team, coalesce(u.name, u.email, 'Somebody') as inviter
		from claimed c join teams t on t.id = c.team_id left join users u on u.id = c.invited_by`;
}

/** Each try has a token of its own, which is in that mail and nowhere else. All of them work: a try may have been one more. */
async function mailOne(pool: Sql, { id, tries, ...invitation }: Claimed, send: SendMail): Promise<MailOutcome> {
	const token = newToken();
	await pool`update invitations set mail_token_hashes = mail_token_hashes || ${hashToken(token)}::text where id = ${id}`;
	try {
		await send({ ...writeMail(invitation, token), id: hashToken(id, "hex").slice(0, 32) });
	} catch (error) {
		const refusal = refusalOf(error);
		const wait = refusal === "for good" ? null : secondsToWait(tries);
		await pool`update invitations set mail_at = now() + make_interval(secs => ${wait}) where id = ${id}`;
		if (refusal === undefined) throw error;
		return refusal === "for good" ? "refused" : "waiting";
	}
	await pool`update invitations set mail_at = null where id = ${id}`;
	return "sent";
}

function writeMail({ email, role, team, inviter }: Omit<Claimed, "id" | "tries">, token: string) {
	const oneLine = (text: string) => text.replace(/\s+/g, " ");
	const [by, to] = [oneLine(inviter), oneLine(team)];
	const lines = [
		`${by} invites you to the team ${to} as ${role}.`,
		`Open this page to join:\n${publicInvitation(token)}`,
		"If you do not know what this is about, do nothing.",
	];
	return { to: email, subject: `${by} invites you to ${to} on Weft`, text: `${lines.join("\n\n")}\n` };
}
