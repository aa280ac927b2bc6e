import type { DbLike } from "@/db/client";
import { prompts } from "@/db/schema/prompts";
import type { Plan } from "@/server/plan/plan";
import type { PinnedPrompts } from "@/server/runs/store/pinned-prompts";
import { leadsTo } from "./known-prompts";
import { isInLibrary } from "./prompt-ref";
import { listPromptUses } from "./prompt-uses";

/**
 * The versions that the steps of a run will use, whatever is saved meanwhile: the latest now, or the one a step is pinned to.
 * A prompt that is not there is left out; its step fails and says so.
 */
export async function pinPrompts(db: DbLike, teamId: string, plan: Plan): Promise<PinnedPrompts> {
	const uses = listPromptUses(plan);
	if (uses.length === 0) return {};
	const { id, name, formerNames, version } = prompts;
	const rows = await db.select({ id, name, formerNames, version }).from(prompts).where(isInLibrary(teamId));
	return Object.fromEntries(
		uses.flatMap(({ nodeId, use }) => {
			const prompt = rows.find((row) => leadsTo(row, use.name));
			if (!prompt || (use.version ?? 0) > prompt.version) return [];
			return [[nodeId, { promptId: prompt.id, version: use.version ?? prompt.version }] as const];
		}),
	);
}
