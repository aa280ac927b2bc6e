import { asc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { memberships, users } from "@/db/schema/teams";
import { teamInput } from "@/server/workflows/workflow-ref";
import type { Caller } from "./caller";
import { ROLE_LADDER } from "./permissions";
import { requireMember } from "./require-member";

export const listMembersInput = teamInput;

/** Most members that a list shows. */
const MAX_MEMBERS = 2_000;

/** Who is in a team, the most powerful first. Everybody in it may know. */
export async function listMembers({ database: { db }, actor }: Caller, input: z.infer<typeof listMembersInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const rows = await db
		.select({
			userId: users.id,
			name: users.name,
			email: users.email,
			role: memberships.role,
			joinedAt: memberships.createdAt,
		})
		.from(memberships)
		.innerJoin(users, eq(users.id, memberships.userId))
		.where(eq(memberships.teamId, team.id))
		.orderBy(...orderOfRank())
		.limit(MAX_MEMBERS);
	return rows.map(({ name, ...member }) => ({ ...member, name: name ?? member.email }));
}

/** For a query of members: the most powerful first, then those who are in the team longest. */
export function orderOfRank() {
	const ladder = sql.join(
		ROLE_LADDER.map((role) => sql`${role}`),
		sql`, `,
	);
	return [
		sql`array_position(array[${ladder}]::text[], ${memberships.role})`,
		asc(memberships.createdAt),
		asc(users.id),
	];
}
