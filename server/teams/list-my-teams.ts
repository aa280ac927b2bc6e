import { asc, eq } from "drizzle-orm";
import { memberships, teams, users } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import type { Caller } from "./caller";

/** Who is signed in, and the teams that person belongs to. */
export async function listMyTeams({ database: { db }, actor }: Caller) {
	const userId = actor.kind === "user" ? actor.id : "";
	const [user] = await db
		.select({
			id: users.id,
			name: users.name,
			email: users.email,
			image: users.image,
			initials: users.initials,
			theme: users.theme,
			timeZone: users.timeZone,
		})
		.from(users)
		.where(eq(users.id, userId));
	if (!user) throw new WeftError("unauthenticated", "Sign in to continue.");
	const mine = await db
		.select({ id: teams.id, name: teams.name, slug: teams.slug, role: memberships.role })
		.from(memberships)
		.innerJoin(teams, eq(teams.id, memberships.teamId))
		.where(eq(memberships.userId, userId))
		.orderBy(asc(memberships.createdAt), asc(teams.slug));
	return { user: { ...user, name: user.name ?? user.email }, teams: mine };
}
