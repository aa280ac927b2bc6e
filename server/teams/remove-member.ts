import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { memberships } from "@/db/schema/teams";
import { removePersonalCredentials } from "@/server/credentials/keep-former-value";
import { WeftError } from "@/server/errors";
import type { Actor } from "@/server/runs/events";
import { teamInput } from "@/server/workflows/workflow-ref";
import { announceAccess } from "./announce-access";
import type { Caller } from "./caller";
import { barInvitee } from "./invitations/bar-invitee";
import { revokeInvitationsOf } from "./invitations/revoke-invitations-of";
import { lockTeam } from "./lock-team";
import { type Member, requireAnotherOwner, requireTeammate } from "./members";
import { mayGive } from "./permissions";
import { writeAudit } from "./write-audit";

export const removeMemberInput = teamInput.extend({ userId: z.string().min(1).max(64) });

/** Takes somebody out of a team at once. What they made stays. */
export async function removeMember(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof removeMemberInput>,
): Promise<void> {
	await db.transaction(async (tx) => {
		const { team, role } = await lockTeam(tx, actor, { team: input.team, permission: "member:manage" });
		const member = await requireTeammate(tx, team.id, input.userId);
		if (!mayGive(role, member.role))
			throw new WeftError("forbidden", `Only an ${member.role} can remove an ${member.role}. Ask one of the team.`);
		await endMembership(tx, member, { teamId: team.id, actor, action: "member.removed" });
		await barInvitee(tx, { teamId: team.id, userId: member.userId });
	});
}

export const leaveTeamInput = teamInput;

/** Whoever calls leaves the team. Its last owner cannot. */
export async function leaveTeam(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof leaveTeamInput>,
): Promise<void> {
	await db.transaction(async (tx) => {
		const { team } = await lockTeam(tx, actor, { team: input.team, permission: "team:view" });
		const member = await requireTeammate(tx, team.id, actor.kind === "user" ? actor.id : "");
		await endMembership(tx, member, { teamId: team.id, actor, action: "member.left" });
	});
}

interface Ending {
	teamId: string;
	actor: Actor;
	action: "member.left" | "member.removed";
}

async function endMembership(tx: DbTransaction, { userId, name, role }: Member, ending: Ending): Promise<void> {
	if (role === "owner") await requireAnotherOwner(tx, ending.teamId, userId);
	await removePersonalCredentials(tx, { teamId: ending.teamId, userId });
	await tx.delete(memberships).where(and(eq(memberships.teamId, ending.teamId), eq(memberships.userId, userId)));
	await revokeInvitationsOf(tx, { teamId: ending.teamId, userId, role: null });
	await writeAudit(tx, {
		...ending,
		target: { type: "member", id: userId },
		detail: { name, role },
		change: { before: { role }, after: null },
	});
	await announceAccess(tx, userId);
}
