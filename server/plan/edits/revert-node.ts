import { withDescendants } from "../graph/select-subtree";
import type { Edge, NodeId, Plan, PlanNode } from "../plan";
import { connect } from "./connect";
import { edgeKey } from "./edge-key";
import { explainParent } from "./explain-parent";
import { type Definitions, definitionIn } from "./plan-edit";
import { removeNodes } from "./remove-nodes";
import { setParent } from "./set-parent";

/**
 * Takes the changes of one step back, as an unticked row of a merge and “Undo this change” of a comparison do: it becomes
 * what it is in `base`, comes back with its body and connections, or goes. What else changed since then stays.
 */
export function revertNode(plan: Plan, { base, id }: { base: Plan; id: NodeId }, definitions: Definitions): Plan {
	const old = base.nodes.find((node) => node.id === id);
	const now = plan.nodes.find((node) => node.id === id);
	const reverting = { plan, base, definitions };
	if (old && now) return revertFields(reverting, old, now);
	if (old) return bringBack(reverting, id);
	return now ? takeAway(reverting, id) : plan;
}

interface Reverting {
	plan: Plan;
	base: Plan;
	definitions: Definitions;
}

function revertFields({ plan, base, definitions }: Reverting, old: PlanNode, now: PlanNode): Plan {
	const { parent: _, ...fields } = old;
	const written = { ...fields, ...(now.parent !== undefined && { parent: now.parent }), position: now.position };
	const freed = holdsSteps(old, definitions) ? plan : freeBody(plan, now, definitions);
	const after = { ...freed, nodes: freed.nodes.map((node) => (node === now ? written : node)) };
	if (old.parent === now.parent) return after;
	const home = { ids: [old.id], parent: old.parent, positions: new Map([[old.id, old.position]]) };
	const moved = setParent(after, home, definitions);
	return moved === after ? after : reconnectAll(moved, edgesAt(base, new Set([old.id])), definitions);
}

function holdsSteps({ type }: PlanNode, definitions: Definitions): boolean {
	return (definitionIn(definitions, type)?.kind ?? "container") === "container";
}

/** What stands inside a step that becomes one without a body comes to stand beside it. */
function freeBody(plan: Plan, { id, parent }: PlanNode, definitions: Definitions): Plan {
	const ids = plan.nodes.flatMap((node) => (node.parent === id ? [node.id] : []));
	return ids.length === 0 ? plan : setParent(plan, { ids, parent }, definitions);
}

function bringBack({ plan, base, definitions }: Reverting, id: NodeId): Plan {
	const known = new Set(plan.nodes.map((node) => node.id));
	const missing = [...withDescendants(base, [id])].filter((each) => !known.has(each));
	const back = new Set(missing);
	const nodes = base.nodes
		.filter((node) => back.has(node.id))
		.map((node) => intoPlan(node, { plan, back, definitions }));
	const after = { ...plan, nodes: [...plan.nodes, ...nodes] };
	return reconnectAll(after, edgesAt(base, back), definitions);
}

/** A step whose container is gone, or holds nothing any more, comes back beside all containers. */
function intoPlan(
	node: PlanNode,
	{ plan, back, definitions }: { plan: Plan; back: ReadonlySet<NodeId>; definitions: Definitions },
): PlanNode {
	const { parent, ...rest } = node;
	if (parent === undefined || back.has(parent)) return node;
	return explainParent(plan, { ids: [], parent }, definitions) ? rest : node;
}

function takeAway({ plan, base, definitions }: Reverting, id: NodeId): Plan {
	const old = new Map(base.nodes.map((node) => [node.id, node]));
	const inside = [...withDescendants(plan, [id])];
	const freed = inside.reduce((after, each) => {
		const before = old.get(each);
		if (!before) return after;
		const positions = new Map([[each, before.position]]);
		return setParent(after, { ids: [each], parent: before.parent, positions }, definitions);
	}, plan);
	const gone = withDescendants(freed, [id]);
	const neighbours = new Set(edgesAt(plan, new Set(inside)).flatMap(({ from, to }) => [from, to]));
	const healed = base.edges.filter(({ from, to }) => neighbours.has(from) && neighbours.has(to));
	return reconnectAll(removeNodes(freed, gone), healed, definitions);
}

function edgesAt(plan: Plan, ids: ReadonlySet<NodeId>): Edge[] {
	return plan.edges.filter(({ from, to }) => ids.has(from) || ids.has(to));
}

/** What would close a circle by now, or cross a border, stays away. */
function reconnectAll(plan: Plan, edges: readonly Edge[], definitions: Definitions): Plan {
	const known = new Set(plan.edges.map(edgeKey));
	const missing = edges.filter((edge) => !known.has(edgeKey(edge)));
	return missing.reduce((after, edge) => connect(after, edge, definitions), plan);
}
