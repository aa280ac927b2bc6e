import { enclosingContainers, indexPlan } from "../graph/index-plan";
import { quote } from "../graph/plan-view";
import { withDescendants } from "../graph/select-subtree";
import { type NodeId, PLAN_LIMITS, type Plan } from "../plan";
import { nameContainers } from "../validate/name-containers";
import { type Definitions, definitionIn, type Refusal } from "./plan-edit";

/** Why steps cannot be put into a container (or, without one, onto the canvas itself); nothing when they can. */
export function explainParent(
	plan: Plan,
	{ ids, parent }: { ids: readonly NodeId[]; parent?: NodeId | undefined },
	definitions: Definitions,
): Refusal | undefined {
	if (parent === undefined) return undefined;
	const index = indexPlan(plan);
	const container = index.nodes.get(parent)?.node;
	if (!container)
		return { title: "This container no longer exists", detail: `There is no step with the id ${parent}.` };
	if (definitionIn(definitions, container.type)?.kind !== "container")
		return { title: "This step holds no others", detail: `Only ${nameContainers(definitions)} can have steps inside.` };
	const moved = withDescendants(plan, ids);
	if (moved.has(parent))
		return { title: "A container cannot hold itself", detail: `${quote(container.name)} is among the steps to move.` };
	const around = enclosingContainers(index, parent).length + 1;
	const levels = [...moved].map((id) => levelsBelow(index, id, moved));
	return Math.max(0, ...levels) + around > PLAN_LIMITS.depth ? TOO_DEEP : undefined;
}

/** How many of the containers around a moved node move along with it. */
function levelsBelow(index: ReturnType<typeof indexPlan>, id: NodeId, moved: ReadonlySet<NodeId>): number {
	return enclosingContainers(index, id).filter((container) => moved.has(container.id)).length;
}

const TOO_DEEP: Refusal = {
	title: "Nested too deeply",
	detail: `A step can stand inside ${PLAN_LIMITS.depth} containers at most. Put the inner steps into a workflow of their own.`,
};
