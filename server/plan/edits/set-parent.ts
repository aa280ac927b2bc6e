import { outermostOf } from "../graph/select-subtree";
import type { Edge, NodeId, Plan, PlanNode, Position } from "../plan";
import { changeNodes, roundPosition } from "./change-nodes";
import { explainParent } from "./explain-parent";
import type { Definitions } from "./plan-edit";

export interface Relocation {
	ids: readonly NodeId[];
	/** The container to move into; without one, out of every container. */
	parent?: NodeId | undefined;
	/** Where the steps come to stand, from the corner of their new container. */
	positions?: ReadonlyMap<NodeId, Position>;
}

/**
 * Drags steps into a container or out of it. Connections among them stay; those that would cross a border go. What
 * `explainParent` refuses leaves the plan as it is.
 */
export function setParent(plan: Plan, { ids, parent, positions }: Relocation, definitions: Definitions): Plan {
	if (explainParent(plan, { ids, parent }, definitions)) return plan;
	const moved = changeNodes(plan, outermostOf(plan, ids), (node) => {
		if (node.parent === parent) return node;
		const { parent: _, ...rest } = node;
		const position = roundPosition(positions?.get(node.id) ?? node.position);
		return { ...rest, ...(parent !== undefined && { parent }), position };
	});
	if (moved === plan) return plan;
	return { ...moved, edges: dropCrossing(plan, moved) };
}

/** Only what begins to cross by this move: connections that were wrong before are left for their own problem. */
function dropCrossing(before: Plan, after: Plan): Edge[] {
	const old = new Map(before.nodes.map((node) => [node.id, node]));
	const now = new Map(after.nodes.map((node) => [node.id, node]));
	return after.edges.filter((edge) => !crosses(edge, now) || crosses(edge, old));
}

function crosses({ from, to }: Edge, nodes: ReadonlyMap<NodeId, PlanNode>): boolean {
	const source = nodes.get(from);
	const target = nodes.get(to);
	return source !== undefined && target !== undefined && source.parent !== target.parent;
}
