import { and, eq, lte, sql } from "drizzle-orm";
import type { DbLike, DbTransaction } from "@/db/client";
import { barredInvitees, invitations } from "@/db/schema/invitations";

/** Not the transaction's beginning: it may have waited for the team's lock while an invitation was made. */
const NOW = sql`clock_timestamp()`;

interface Invitee {
	teamId: string;
	userId: string;
}

/** From now on older invitations of the team let this person in no more. Call it under the team's lock. */
export async function barInvitee(tx: DbTransaction, invitee: Invitee): Promise<void> {
	await tx
		.insert(barredInvitees)
		.values({ ...invitee, barredAt: NOW })
		.onConflictDoUpdate({ target: [barredInvitees.teamId, barredInvitees.userId], set: { barredAt: NOW } });
}

/** Whether an invitation is from before, and so lets the person in no more. */
export async function isBarred(db: DbLike, { teamId, userId }: Invitee, invitationId: string): Promise<boolean> {
	const [found] = await db
		.select({ at: barredInvitees.barredAt })
		.from(barredInvitees)
		.innerJoin(invitations, and(eq(invitations.id, invitationId), lte(invitations.createdAt, barredInvitees.barredAt)))
		.where(and(eq(barredInvitees.teamId, teamId), eq(barredInvitees.userId, userId)));
	return found !== undefined;
}
