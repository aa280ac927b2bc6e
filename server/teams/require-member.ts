import { and, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { memberships, teams } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import type { Actor } from "@/server/runs/events";
import { allows, explainRefusal, type Permission, type Role } from "./permissions";
import { hasAddress } from "./team-address";

export interface Membership {
	team: { id: string; slug: string; name: string };
	role: Role;
}

/**
 * The first line of every verb and query: finds the team and checks what the actor may do in it.
 * Throws `not_found` to people outside the team, so that nobody learns which teams exist, and `forbidden` to
 * members whose role is too small.
 */
export async function requireMember(
	db: DbLike,
	actor: Actor,
	teamSlug: string,
	permission: Permission,
): Promise<Membership> {
	const membership = actor.kind === "user" ? await findMembership(db, actor.id, teamSlug) : undefined;
	if (!membership) throw teamNotFound(teamSlug);
	if (!allows(membership.role, permission)) {
		throw new WeftError("forbidden", explainRefusal(membership.role, permission));
	}
	return membership;
}

/** The error for people outside a team. */
export function teamNotFound(slug: string): WeftError {
	return new WeftError("not_found", `There is no team “${slug}”, or you are not a member of it.`);
}

async function findMembership(db: DbLike, userId: string, teamSlug: string): Promise<Membership | undefined> {
	const [row] = await db
		.select({ team: { id: teams.id, slug: teams.slug, name: teams.name }, role: memberships.role })
		.from(teams)
		.innerJoin(memberships, and(eq(memberships.teamId, teams.id), eq(memberships.userId, userId)))
		.where(hasAddress(teamSlug));
	return row;
}
