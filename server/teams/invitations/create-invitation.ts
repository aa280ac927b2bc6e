import { z } from "zod";
import type { Db } from "@/db/client";
import { newId } from "@/db/new-id";
import { invitations } from "@/db/schema/invitations";
import { ROLES } from "@/db/schema/teams";
import { requireOwnAccount } from "@/server/account/require-account";
import { emailSchema } from "@/server/auth/authenticate";
import { hashToken, newToken } from "@/server/auth/secret-token";
import { WeftError } from "@/server/errors";
import { getMailer } from "@/server/mail/mailer";
import { logger } from "@/server/observability/logger";
import { countUse, sharedLimiter } from "@/server/rate-limit";
import { publicInvitation } from "@/server/teams/invitations/public-invitation";
import { teamInput } from "@/server/workflows/workflow-ref";
import type { Caller } from "../caller";
import { lockTeam } from "../lock-team";
import { mayGive } from "../permissions";
import { writeAudit } from "../write-audit";
import { countOpen, MAX_OPEN } from "./list-invitations";

export const createInvitationInput = teamInput.extend({
	role: z.enum(ROLES),
	/** The address it is for: then it is for one person. Left out: for whoever has the link. */
	email: emailSchema.optional(),
	/** How many people it lets in. */
	maxUses: z.int().min(1).max(1_000),
	/** After how many days it ends. */
	days: z.int().min(1).max(90),
});
type NewInvitation = z.infer<typeof createInvitationInput>;

const DAY_MS = 86_400_000;
const log = logger.child({ part: "teams" });

/**
 * Makes a link that lets people into a team. Its token is in the answer, and in the mail where one can be sent, and nowhere
 * else: it cannot be shown again.
 */
export async function createInvitation(
	caller: Caller,
	{ email, ...input }: NewInvitation,
): Promise<{ id: string; token: string; isMailed: boolean }> {
	const { db } = caller.database;
	const { actor } = caller;
	const user = await requireOwnAccount(
		db,
		caller,
		"The demo account invites nobody. Create an account of your own first.",
	);
	const token = newToken();
	const id = newId();
	const maxUses = email === undefined ? input.maxUses : 1;
	const { team } = await db.transaction(async (tx) => {
		const member = await lockTeam(tx, actor, { team: input.team, permission: "member:manage" });
		const teamId = member.team.id;
		if (!mayGive(member.role, input.role))
			throw new WeftError("forbidden", `Only an ${input.role} can invite an ${input.role}. Ask one of the team.`);
		if (email !== undefined && getMailer() !== undefined) await countMail(db, { inviterId: user.id, email });
		if ((await countOpen(tx, teamId)) >= MAX_OPEN)
			throw new WeftError("conflict", `A team has at most ${MAX_OPEN} open invitations. Withdraw one first.`);
		const expiresAt = new Date(Date.now() + input.days * DAY_MS);
		const invitedBy = actor.kind === "user" ? actor.id : null;
		const row = { id, teamId, tokenHash: hashToken(token), role: input.role, maxUses, invitedBy, expiresAt };
		await tx.insert(invitations).values({ ...row, email: email ?? null });
		const detail = { role: input.role, maxUses, email: email ?? null };
		await writeAudit(tx, { teamId, actor, action: "invitation.created", target: { type: "invitation", id }, detail });
		return member;
	});
	const inviter = actor.kind === "user" ? actor.name : "Somebody";
	const isMailed = await mailInvitation({ email, token, team: team.name, inviter, role: input.role });
	return { id, token, isMailed };
}

/** Mails that one person has sent, and that one address gets: nobody's mailbox is filled from here. */
const MAILS_SENT = { points: 50, duration: 24 * 3_600 };
const MAILS_RECEIVED = { points: 5, duration: 24 * 3_600 };

async function countMail(db: Db, { inviterId, email }: { inviterId: string; email: string }): Promise<void> {
	await countUse(sharedLimiter(db, "invitations-sent", MAILS_SENT), inviterId, TOO_MANY_MAILS);
	await countUse(sharedLimiter(db, "invitations-received", MAILS_RECEIVED), email, TOO_MANY_MAILS);
}

const TOO_MANY_MAILS = "Too many invitations were sent by mail. Make one without an address and send its link yourself";

interface InvitationMail {
	email: string | undefined;
	token: string;
	team: string;
	inviter: string;
	role: string;
}

/** Whether a mail is on its way. Without it the link can be sent by other means. */
async function mailInvitation({ email, token, team, inviter, role }: InvitationMail): Promise<boolean> {
	const send = getMailer();
	if (email === undefined || send === undefined) return false;
	const oneLine = (text: string) => text.replace(/\s+/g, " ");
	const subject = `${oneLine(inviter)} invites you to ${oneLine(team)} on Weft`;
	const text = `${oneLine(inviter)} invites you to the team ${oneLine(team)} as ${role}.\n\nOpen this page to join:\n${publicInvitation(token)}\n\nIf you do not know what this is about, do nothing.\n`;
	try {
		await send({ to: email, subject, text });
		return true;
	} catch (error) {
		log.warn({ err: error }, "An invitation could not be sent");
		return false;
	}
}
