import { asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { memberships, teams, users } from "@/db/schema/teams";

/** The workflows of the team seen last, else of the first one; `/` for somebody without a team. */
export async function findStartPath(
	{ db }: Pick<Database, "db">,
	{ email, lastTeam }: { email: string; lastTeam: string | undefined },
): Promise<string> {
	const mine = await db
		.select({ slug: teams.slug })
		.from(memberships)
		.innerJoin(teams, eq(teams.id, memberships.teamId))
		.innerJoin(users, eq(users.id, memberships.userId))
		.where(eq(users.email, email.toLowerCase()))
		.orderBy(asc(memberships.createdAt), asc(teams.slug));
	const team = mine.find(({ slug }) => slug === lastTeam) ?? mine[0];
	return team ? `/${team.slug}/workflows` : "/";
}
