import { catalog } from "@/server/nodes/catalog";
import type { KnownPrompt } from "@/server/plan/graph/plan-view";
import type { Issue } from "@/server/plan/issue";
import type { NodeId, Plan } from "@/server/plan/plan";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import { isSameJson } from "@/server/plan/values/same-json";

/** Everything that is wrong with a plan. Lists that did not change since the last plan are the same lists. */
export interface PlanIssues {
	readonly all: readonly Issue[];
	/** Those of the plan itself are under `undefined`. */
	readonly byNode: ReadonlyMap<NodeId | undefined, readonly Issue[]>;
}

const NONE: readonly Issue[] = [];
interface Checked {
	credentials: readonly string[] | undefined;
	prompts: readonly KnownPrompt[] | undefined;
	issues: PlanIssues;
}

const checked = new WeakMap<Plan, Checked>();
let prompts: readonly KnownPrompt[] | undefined;
let last: PlanIssues = { all: NONE, byNode: new Map() };

/** The prompts of the library that steps are checked against from now on, as far as they are known; whether they are others. */
export function learnPrompts(next: readonly KnownPrompt[] | undefined): boolean {
	const isNew = prompts !== next;
	prompts = next;
	return isNew;
}

/**
 * The issues of a plan, worked out once however many components ask. A list keeps its identity while it says the same,
 * so that what shows it is not drawn again by typing elsewhere.
 */
export function issuesOf(plan: Plan, credentials?: readonly string[]): PlanIssues {
	const known = checked.get(plan);
	if (known && known.credentials === credentials && known.prompts === prompts) {
		last = known.issues;
		return last;
	}
	const all = validatePlan(plan, {
		definitions: catalog,
		...(credentials && { credentials }),
		...(prompts && { prompts }),
	});
	const issues: PlanIssues = isSameJson(all, last.all) ? last : { all, byNode: groupByNode(all) };
	checked.set(plan, { credentials, prompts, issues });
	last = issues;
	return issues;
}

/** The issues of one step, or of the plan itself. */
export function issuesOfNode(issues: PlanIssues, id?: NodeId): readonly Issue[] {
	return issues.byNode.get(id) ?? NONE;
}

function groupByNode(all: readonly Issue[]): Map<NodeId | undefined, readonly Issue[]> {
	const groups = new Map<NodeId | undefined, Issue[]>();
	for (const issue of all) {
		const group = groups.get(issue.nodeId);
		if (group) group.push(issue);
		else groups.set(issue.nodeId, [issue]);
	}
	return new Map(
		[...groups].map(([id, group]) => {
			const before = last.byNode.get(id);
			return [id, before && isSameJson(before, group) ? before : group];
		}),
	);
}
