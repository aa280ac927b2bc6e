import { catalog } from "@/server/nodes/catalog";
import { mergePlans } from "@/server/plan/merge/merge-plans";
import type { Plan } from "@/server/plan/plan";
import type { OthersDraft, SavingState } from "./saving-state";

/**
 * The merge of a draft with what the same person saved in another tab or browser, if nothing contradicts. What somebody
 * else saved is always shown first.
 */
export function autoMerge({ base, plan }: SavingState, theirs: OthersDraft, viewerId: string): Plan | undefined {
	if (theirs.savedBy?.id !== viewerId) return undefined;
	const merge = mergePlans({ base: base.plan, mine: plan, theirs: theirs.plan }, { definitions: catalog });
	return merge.conflicts.length === 0 ? merge.plan : undefined;
}
