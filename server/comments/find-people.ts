import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { memberships, users } from "@/db/schema/teams";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { teamInput } from "@/server/workflows/workflow-ref";
import { labelPeople, type Person } from "./mention-text";

/** Most people that are offered. */
const MAX_PEOPLE = 2_000;

export const listPeopleInput = teamInput;

/** Who can be mentioned in a comment, by name. */
export async function listPeople({ database: { db }, actor }: Caller, input: z.infer<typeof listPeopleInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	return await findPeople(db, team.id);
}

export async function findPeople(db: DbLike, teamId: string): Promise<Person[]> {
	const rows = await db
		.select({
			id: users.id,
			name: sql<string>`coalesce(nullif(trim(${users.name}), ''), ${users.email})`,
			email: users.email,
		})
		.from(memberships)
		.innerJoin(users, eq(users.id, memberships.userId))
		.where(eq(memberships.teamId, teamId))
		.orderBy(users.name, users.id)
		.limit(MAX_PEOPLE);
	return labelPeople(rows);
}
