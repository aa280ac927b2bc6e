import { asc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { prompts } from "@/db/schema/prompts";
import { users } from "@/db/schema/teams";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import type { teamInput } from "@/server/workflows/workflow-ref";
import { findUses } from "./find-uses";
import { isInLibrary } from "./prompt-ref";

/** A team’s prompts by name, each with its variables and the workflows that use it. */
export async function listPrompts({ database: { db }, actor }: Caller, input: z.infer<typeof teamInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const rows = await db
		.select({
			name: prompts.name,
			formerNames: prompts.formerNames,
			description: prompts.description,
			variables: prompts.variables,
			version: prompts.version,
			savedAt: prompts.savedAt,
			savedBy: sql<string | null>`coalesce(${users.name}, ${users.email})`,
		})
		.from(prompts)
		.leftJoin(users, eq(users.id, prompts.savedBy))
		.where(isInLibrary(team.id))
		.orderBy(asc(prompts.name));
	const uses = await findUses(db, team.id);
	return rows.map((row) => ({
		...row,
		usedBy: uses.filter(({ prompt }) => prompt === row.name || row.formerNames.includes(prompt)),
	}));
}
