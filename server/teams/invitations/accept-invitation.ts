import { eq, sql } from "drizzle-orm";
import type { Database, DbTransaction } from "@/db/client";
import { invitations } from "@/db/schema/invitations";
import { memberships, teams } from "@/db/schema/teams";
import { markVerified } from "@/server/auth/verified-address";
import { WeftError } from "@/server/errors";
import { announceAccess } from "../announce-access";
import { writeAudit } from "../write-audit";
import { findInvitedTeam, type InvitationState, type Invitee, readInvitation } from "./read-invitation";

/** Somebody with an account who takes up an invitation. */
export interface Joiner extends Invitee {
	name: string;
}

/**
 * Lets somebody into the team of an invitation; whoever is in already stays as they are. Who comes by the link in its mail has
 * shown that the address is theirs. Throws `conflict` when it lets nobody in.
 */
export async function acceptInvitation(
	{ db }: Pick<Database, "db">,
	token: string,
	joiner: Joiner,
): Promise<{ slug: string }> {
	return await db.transaction((tx) => acceptInvitationIn(tx, token, joiner));
}

/**
 * The same in the transaction that makes the account. Changes of one team wait for each other, so an invitation for n people
 * lets in n, and none whose inviter has just lost the right to give its role.
 */
export async function acceptInvitationIn(tx: DbTransaction, token: string, joiner: Joiner): Promise<{ slug: string }> {
	const teamId = await findInvitedTeam(tx, token, joiner);
	if (teamId !== undefined)
		await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, teamId)).for("no key update");
	const state = await readInvitation(tx, token, joiner);
	if (state.status === "member") return state.team;
	if (state.status !== "open") throw new WeftError("conflict", REFUSALS[state.status]);
	const { team, role, id, inviter, isByMail } = state;
	if (isByMail) await markVerified(tx, joiner.userId);
	await tx.insert(memberships).values({ teamId: team.id, userId: joiner.userId, role });
	await tx
		.update(invitations)
		.set({ uses: sql`${invitations.uses} + 1` })
		.where(eq(invitations.id, id));
	const actor = { kind: "user" as const, id: joiner.userId, name: joiner.name };
	const target = { type: "member", id: joiner.userId };
	const detail = { name: joiner.name, role, inviter, invitation: id };
	await writeAudit(tx, { teamId: team.id, actor, action: "member.joined", target, detail });
	await announceAccess(tx, joiner.userId);
	return team;
}

const REFUSALS = {
	unknown: "There is no such invitation. Check that you opened the whole link.",
	revoked: "This invitation was revoked. Ask the team for a new one.",
	expired: "This invitation has expired. Ask the team for a new one.",
	used: "This invitation has been used already. Ask the team for a new one.",
	"other-account": "This invitation is for another address. Sign in with the account of that address.",
} as const satisfies Record<Exclude<InvitationState["status"], "open" | "member">, string>;
