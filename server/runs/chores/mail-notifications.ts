import type { Sql } from "@/db/client";
import { getEnv } from "@/server/env";
import { getMailer } from "@/server/mail/mailer";
import { mailsOnlyVerified } from "@/server/notifications/mail/mails-only-verified";
import { sendMails } from "@/server/notifications/mail/send-mails";
import { publicAddress } from "@/server/public-address";
import { mailInvitations } from "@/server/teams/invitations/mail-invitations";

/** Mails what people were told of and have not read, where mail is set up. */
export async function mailNotifications(sql: Sql): Promise<void> {
	const send = getMailer();
	if (send === undefined) return;
	const env = getEnv();
	const addressOf = (path: string) => publicAddress(path, env);
	await sendMails(sql, { send, addressOf, onlyVerified: mailsOnlyVerified() });
}

/** Mails the invitations that could not be mailed when they were made. */
export async function mailInvitationsThatWait(sql: Sql): Promise<void> {
	const send = getMailer();
	if (send) await mailInvitations(sql, send);
}
