import { and, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { credentials } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import type { Actor } from "@/server/runs/events";
import { allows, explainRefusal } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { isOfTeamOr } from "./visible-credentials";

/**
 * A credential that the actor may change: one's own, or the team's for those who manage these. Throws `not_found` for one
 * of another team or another member, and `forbidden` when the role is too small.
 */
export async function findCredential(
	db: DbLike,
	actor: Actor,
	at: { team: string; id: string },
): Promise<typeof credentials.$inferSelect> {
	const { team, role } = await requireMember(db, actor, at.team, "credential:own");
	const [row] = await db
		.select()
		.from(credentials)
		.where(and(eq(credentials.teamId, team.id), eq(credentials.id, at.id), isOfTeamOr(actor)));
	if (!row) throw new WeftError("not_found", "There is no such credential in this team. It may have been removed.");
	if (row.ownerId === null && !allows(role, "credential:manage"))
		throw new WeftError("forbidden", explainRefusal(role, "credential:manage"));
	return row;
}
