import { and, desc, eq, gt, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { invitations } from "@/db/schema/invitations";
import { users } from "@/db/schema/teams";
import { teamInput } from "@/server/workflows/workflow-ref";
import type { Caller } from "../caller";
import { requireMember } from "../require-member";

export const listInvitationsInput = teamInput;

/** Invitations of one team that can be accepted at once: far beyond what anybody looks through. */
export const MAX_OPEN = 500;

/** The invitations of a team that can still be accepted, the newest first. */
export async function listInvitations(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof listInvitationsInput>,
) {
	const { team } = await requireMember(db, actor, input.team, "member:manage");
	const rows = await db
		.select({
			id: invitations.id,
			role: invitations.role,
			email: invitations.email,
			maxUses: invitations.maxUses,
			uses: invitations.uses,
			expiresAt: invitations.expiresAt,
			/** Its mail is not sent yet. */
			isMailWaiting: sql<boolean>`${invitations.mailAt} is not null`,
			inviterName: users.name,
			inviterEmail: users.email,
		})
		.from(invitations)
		.innerJoin(users, eq(users.id, invitations.invitedBy))
		.where(isOpen(team.id))
		.orderBy(desc(invitations.createdAt), desc(invitations.id))
		.limit(MAX_OPEN);
	return rows.map(({ inviterName, inviterEmail, ...row }) => ({ ...row, inviter: inviterName ?? inviterEmail }));
}

export async function countOpen(db: DbLike, teamId: string): Promise<number> {
	return await db.$count(invitations, isOpen(teamId));
}

function isOpen(teamId: string) {
	return and(
		eq(invitations.teamId, teamId),
		isNull(invitations.revokedAt),
		isNotNull(invitations.invitedBy),
		gt(invitations.expiresAt, new Date()),
		lt(invitations.uses, invitations.maxUses),
	);
}
