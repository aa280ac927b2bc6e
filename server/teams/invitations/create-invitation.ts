import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db, DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { invitations } from "@/db/schema/invitations";
import { ROLES, users } from "@/db/schema/teams";
import { requireOwnAccount } from "@/server/account/require-account";
import { emailSchema } from "@/server/auth/authenticate";
import { hashToken, newToken } from "@/server/auth/secret-token";
import { WeftError } from "@/server/errors";
import { getMailer } from "@/server/mail/mailer";
import { mailsOnlyVerified } from "@/server/notifications/mail/mails-only-verified";
import { notify } from "@/server/notifications/notify";
import { countUse, sharedLimiter } from "@/server/rate-limit";
import type { Actor } from "@/server/runs/events";
import { teamInput } from "@/server/workflows/workflow-ref";
import type { Caller } from "../caller";
import { lockTeam } from "../lock-team";
import { mayGive, type Role } from "../permissions";
import { writeAudit } from "../write-audit";
import { countOpen, MAX_OPEN } from "./list-invitations";
import { type MailOutcome, mailInvitation } from "./mail-invitations";

const PEOPLE = "An invitation is for 1 to 1,000 people.";
const DAYS = "An invitation lasts 1 to 90 days.";

export const createInvitationInput = teamInput.extend({
	role: z.enum(ROLES),
	/** The address it is for: then it is for one person. Left out: for whoever has the link. */
	email: emailSchema.optional(),
	/** How many people it lets in. */
	maxUses: z.int(PEOPLE).min(1, PEOPLE).max(1_000, PEOPLE),
	/** After how many days it ends. */
	days: z.int(DAYS).min(1, DAYS).max(90, DAYS),
});
type NewInvitation = z.infer<typeof createInvitationInput>;

const DAY_MS = 86_400_000;

/**
 * Makes a link that lets people into a team. Its token is in the answer and nowhere else: it cannot be shown again. A mail has
 * a link of its own, by which whoever joins has shown that the address is theirs.
 */
export async function createInvitation(
	caller: Caller,
	{ email, ...input }: NewInvitation,
): Promise<{ id: string; token: string; mail: MailOutcome | "none" }> {
	const { db } = caller.database;
	const { actor } = caller;
	const user = await requireOwnAccount(
		db,
		caller,
		"The demo account cannot invite people. Create an account of your own first.",
	);
	const token = newToken();
	const id = newId();
	const maxUses = email === undefined ? input.maxUses : 1;
	const send = mayMail(user) ? getMailer() : undefined;
	const mailTo = send && email;
	await db.transaction(async (tx) => {
		const member = await lockTeam(tx, actor, { team: input.team, permission: "member:manage" });
		const teamId = member.team.id;
		if (!mayGive(member.role, input.role))
			throw new WeftError("forbidden", `Only an ${input.role} can invite an ${input.role}. Ask one of the team.`);
		if (mailTo !== undefined) await countMail(db, { inviterId: user.id, email: mailTo });
		if ((await countOpen(tx, teamId)) >= MAX_OPEN)
			throw new WeftError("conflict", `A team has at most ${MAX_OPEN} open invitations. Revoke one first.`);
		const expiresAt = new Date(Date.now() + input.days * DAY_MS);
		const invitedBy = actor.kind === "user" ? actor.id : null;
		const row = { id, teamId, tokenHash: hashToken(token), role: input.role, maxUses, invitedBy, expiresAt };
		const mailAt = mailTo === undefined ? null : sql`now()`;
		await tx.insert(invitations).values({ ...row, email: email ?? null, mailAt });
		const detail = { role: input.role, maxUses, email: email ?? null };
		await writeAudit(tx, { teamId, actor, action: "invitation.created", target: { type: "invitation", id }, detail });
		if (email !== undefined) await notifyInvitee(tx, { id, teamId, email, role: input.role, actor });
	});
	const mail = send && mailTo ? await mailInvitation(caller.database.sql, id, send) : "none";
	return { id, token, mail };
}

interface NewInvitee {
	id: string;
	teamId: string;
	email: string;
	role: Role;
	actor: Actor;
}

/** Tells whoever has an account with the address. */
async function notifyInvitee(tx: DbTransaction, { id, teamId, email, role, actor }: NewInvitee): Promise<void> {
	const found = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
	const data = { invitationId: id, inviter: nameOf(actor), role };
	await notify(tx, { kind: "invitation", teamId, recipients: found.map((user) => user.id), key: id, data });
}

function nameOf(actor: Actor): string {
	return actor.kind === "user" ? actor.name : "Somebody";
}

/** Whoever only says that an address is theirs sends the link by their own means: see `mailsOnlyVerified`. */
function mayMail({ emailVerified }: Pick<typeof users.$inferSelect, "emailVerified">): boolean {
	return emailVerified !== null || !mailsOnlyVerified();
}

/** Mails that one person has sent, and that one address gets: nobody's mailbox is filled from here. */
const MAILS_SENT = { points: 50, duration: 24 * 3_600 };
const MAILS_RECEIVED = { points: 5, duration: 24 * 3_600 };

async function countMail(db: Db, { inviterId, email }: { inviterId: string; email: string }): Promise<void> {
	await countUse(sharedLimiter(db, "invitations-sent", MAILS_SENT), inviterId, TOO_MANY_MAILS);
	await countUse(sharedLimiter(db, "invitations-received", MAILS_RECEIVED), email, TOO_MANY_MAILS);
}

const TOO_MANY_MAILS =
	"Too many invitations were sent by mail. Create one without an address and send its link yourself";
