import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { memberships, users } from "@/db/schema/teams";
import { teamInput } from "@/server/workflows/workflow-ref";
import type { Caller } from "./caller";
import { orderOfRank } from "./list-members";
import { isPermission, rolesWith } from "./permissions";
import { requireMember } from "./require-member";

export const findWhoCanInput = teamInput.extend({
	permission: z.string().max(64).refine(isPermission, "There is no such permission."),
});

/** Most names that a tooltip shows. */
const MAX_NAMES = 3;

/** Names of people in the team who have a permission, the most powerful first: they can do it, or give the right to. */
export async function findWhoCan({ database: { db }, actor }: Caller, input: z.infer<typeof findWhoCanInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const rows = await db
		.select({ name: users.name, email: users.email })
		.from(memberships)
		.innerJoin(users, eq(users.id, memberships.userId))
		.where(and(eq(memberships.teamId, team.id), inArray(memberships.role, rolesWith(input.permission))))
		.orderBy(...orderOfRank())
		.limit(MAX_NAMES);
	return rows.map(({ name, email }) => name ?? email);
}
