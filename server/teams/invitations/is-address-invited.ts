import { and, eq, gt, isNull, lt } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { invitations } from "@/db/schema/invitations";
import { memberships } from "@/db/schema/teams";
import { mayGive } from "../permissions";

/** Whether an invitation to this address is open, for somebody who has proven that the address is theirs. */
export async function isAddressInvited(db: DbLike, email: string): Promise<boolean> {
	const open = await db
		.select({ role: invitations.role, inviterRole: memberships.role })
		.from(invitations)
		.innerJoin(
			memberships,
			and(eq(memberships.teamId, invitations.teamId), eq(memberships.userId, invitations.invitedBy)),
		)
		.where(
			and(
				eq(invitations.email, email.toLowerCase()),
				isNull(invitations.revokedAt),
				gt(invitations.expiresAt, new Date()),
				lt(invitations.uses, invitations.maxUses),
			),
		);
	return open.some(({ role, inviterRole }) => mayGive(inviterRole, role));
}
