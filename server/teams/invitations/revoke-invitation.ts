import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { invitations } from "@/db/schema/invitations";
import { WeftError } from "@/server/errors";
import { teamInput } from "@/server/workflows/workflow-ref";
import type { Caller } from "../caller";
import { lockTeam } from "../lock-team";
import { writeAudit } from "../write-audit";
import { announceRevoked } from "./announce-revoked";

export const revokeInvitationInput = teamInput.extend({ id: z.string().min(1).max(64) });

/** Ends an invitation: its link lets nobody in from then on. Who has come by it stays. */
export async function revokeInvitation(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof revokeInvitationInput>,
): Promise<void> {
	await db.transaction(async (tx) => {
		const { team } = await lockTeam(tx, actor, { team: input.team, permission: "member:manage" });
		const own = and(eq(invitations.teamId, team.id), eq(invitations.id, input.id), isNull(invitations.revokedAt));
		const [revoked] = await tx
			.update(invitations)
			.set({ revokedAt: new Date() })
			.where(own)
			.returning({ id: invitations.id, role: invitations.role });
		if (!revoked)
			throw new WeftError("not_found", "There is no such invitation in this team. It may have been revoked already.");
		await announceRevoked(tx, team.id, [revoked.id]);
		const target = { type: "invitation", id: revoked.id };
		const detail = { role: revoked.role };
		await writeAudit(tx, { teamId: team.id, actor, action: "invitation.revoked", target, detail });
	});
}
