import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { memberships, ROLES } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import { teamInput } from "@/server/workflows/workflow-ref";
import { announceAccess } from "./announce-access";
import type { Caller } from "./caller";
import { barInvitee } from "./invitations/bar-invitee";
import { revokeInvitationsOf } from "./invitations/revoke-invitations-of";
import { lockTeam } from "./lock-team";
import { requireAnotherOwner, requireTeammate } from "./members";
import { isAtLeast, mayGive, type Role } from "./permissions";
import { writeAudit } from "./write-audit";

export const changeRoleInput = teamInput.extend({ userId: z.string().min(1).max(64), role: z.enum(ROLES) });

/** Gives a member another role, which holds at once: for calls, for open streams and for open pages. */
export async function changeRole(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof changeRoleInput>,
): Promise<void> {
	await db.transaction(async (tx) => {
		const { team, role: own } = await lockTeam(tx, actor, { team: input.team, permission: "member:manage" });
		const member = await requireTeammate(tx, team.id, input.userId);
		if (member.role === input.role) return;
		requireMayGive(own, member.role, input.role);
		if (member.role === "owner") await requireAnotherOwner(tx, team.id, member.userId);
		await tx
			.update(memberships)
			.set({ role: input.role })
			.where(and(eq(memberships.teamId, team.id), eq(memberships.userId, member.userId)));
		await revokeInvitationsOf(tx, { teamId: team.id, userId: member.userId, role: input.role });
		if (!isAtLeast(input.role, member.role)) await barInvitee(tx, { teamId: team.id, userId: member.userId });
		const detail = { name: member.name };
		const change = { before: { role: member.role }, after: { role: input.role } };
		const target = { type: "member", id: member.userId };
		await writeAudit(tx, { teamId: team.id, actor, action: "member.role_changed", target, detail, change });
		await announceAccess(tx, member.userId);
	});
}

function requireMayGive(giver: Role, from: Role, to: Role): void {
	for (const role of [from, to]) {
		if (!mayGive(giver, role))
			throw new WeftError("forbidden", `Your role in this team is ${giver}. Ask an ${role} of the team to do this.`);
	}
}
