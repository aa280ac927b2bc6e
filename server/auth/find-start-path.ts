import { asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { memberships, teams, users } from "@/db/schema/teams";
import { leadsTo } from "@/server/teams/team-address";

/** The workflows of the team seen last, else of the first one; `/` for somebody without a team. */
export async function findStartPath(
	{ db }: Pick<Database, "db">,
	{ email, lastTeam }: { email: string; lastTeam: string | undefined },
): Promise<string> {
	const mine = await db
		.select({ slug: teams.slug, formerSlugs: teams.formerSlugs })
		.from(memberships)
		.innerJoin(teams, eq(teams.id, memberships.teamId))
		.innerJoin(users, eq(users.id, memberships.userId))
		.where(eq(users.email, email.toLowerCase()))
		.orderBy(asc(memberships.createdAt), asc(teams.slug));
	const team = mine.find((one) => leadsTo(one, lastTeam)) ?? mine[0];
	return team ? `/${team.slug}/workflows` : "/";
}
