import { and, eq, inArray, or } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { prompts, promptVersions } from "@/db/schema/prompts";
import type { KnownPrompt } from "@/server/plan/graph/plan-view";
import type { Plan } from "@/server/plan/plan";
import { listVariables } from "@/server/plan/prompts/prompt-variables";
import type { LibraryPrompt } from "@/server/plan/stages/stage-prompts";
import { isInLibrary } from "./prompt-ref";
import { listPromptUses } from "./prompt-uses";

/** The prompts of a team that plans are checked against; none are read for plans that use none. */
export async function readKnownPrompts(db: DbLike, teamId: string, plans: readonly Plan[]): Promise<KnownPrompt[]> {
	const uses = plans.flatMap(listPromptUses);
	if (uses.length === 0) return [];
	const { id, name, formerNames, version, variables } = prompts;
	const rows = await db.select({ id, name, formerNames, version, variables }).from(prompts).where(isInLibrary(teamId));
	const pinned = rows.flatMap((row) => {
		const versions = uses.flatMap(({ use }) => (leadsTo(row, use.name) && use.version ? [use.version] : []));
		return [...new Set(versions)].filter((each) => each < row.version).map((each) => ({ id: row.id, version: each }));
	});
	const earlier = await readEarlier(db, pinned);
	return rows.map(({ id: promptId, ...row }) => ({ ...row, earlier: Object.fromEntries(earlier.get(promptId) ?? []) }));
}

/** The prompts of a team by name, with the names of their variables. */
export async function listLibraryPrompts(db: DbLike, teamId: string): Promise<LibraryPrompt[]> {
	const { name, variables } = prompts;
	const rows = await db.select({ name, variables }).from(prompts).where(isInLibrary(teamId));
	return rows.map((row) => ({ name: row.name, variables: listVariables(row.variables).map((each) => each.name) }));
}

export function leadsTo({ name, formerNames }: Pick<KnownPrompt, "name" | "formerNames">, wanted: string): boolean {
	return name === wanted || formerNames.includes(wanted);
}

async function readEarlier(db: DbLike, pinned: readonly { id: string; version: number }[]) {
	const found = new Map<string, [number, KnownPrompt["variables"]][]>();
	if (pinned.length === 0) return found;
	const { promptId, version, variables } = promptVersions;
	const rows = await db
		.select({ promptId, version, variables })
		.from(promptVersions)
		.where(or(...pinned.map((each) => and(eq(promptId, each.id), inArray(version, [each.version])))));
	for (const row of rows)
		found.set(row.promptId, [
			...(found.get(row.promptId) ?? []),
			[row.version, row.variables] as [number, KnownPrompt["variables"]],
		]);
	return found;
}
