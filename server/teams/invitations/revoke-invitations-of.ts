import { and, eq, inArray, isNull } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { invitations } from "@/db/schema/invitations";
import { mayGive, ROLE_LADDER, type Role } from "../permissions";
import { announceRevoked } from "./announce-revoked";

interface Inviter {
	teamId: string;
	userId: string;
	/** As it is from now on; null for somebody who is no member any more. */
	role: Role | null;
}

/** Ends for good the invitations of somebody who may not give their roles any more. Call it under the team's lock. */
export async function revokeInvitationsOf(tx: DbTransaction, { teamId, userId, role }: Inviter): Promise<void> {
	const lost = ROLE_LADDER.filter((given) => role === null || !mayGive(role, given));
	const revoked = await tx
		.update(invitations)
		.set({ revokedAt: new Date() })
		.where(
			and(
				eq(invitations.teamId, teamId),
				eq(invitations.invitedBy, userId),
				inArray(invitations.role, lost),
				isNull(invitations.revokedAt),
			),
		)
		.returning({ id: invitations.id });
	await announceRevoked(
		tx,
		teamId,
		revoked.map(({ id }) => id),
	);
}
