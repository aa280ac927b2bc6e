import { indexPlan } from "../graph/index-plan";
import { portsOfNode } from "../graph/ports-of-node";
import { withDescendants } from "../graph/select-subtree";
import type { Edge, NodeId, Plan, PlanNode } from "../plan";
import { explainRefusal } from "./explain-refusal";
import { type Definitions, definitionIn } from "./plan-edit";
import { removeNodes } from "./remove-nodes";

/**
 * Removes steps, and connects what led to a chain of them with what followed it, which would start with the run otherwise.
 * Where they branched, joined or went on from another exit than their first one, nothing is connected.
 */
export function takeOutNodes(plan: Plan, ids: Iterable<NodeId>, definitions: Definitions): Plan {
	const gone = withDescendants(plan, ids);
	const without = removeNodes(plan, gone);
	const bridges = findBridges({ plan, gone, definitions }, without);
	if (bridges.size === 0) return without;
	const edges = plan.edges.map((edge) => bridges.get(edge) ?? edge);
	return { ...without, edges: edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)) };
}

interface TakingOut {
	plan: Plan;
	gone: ReadonlySet<NodeId>;
	definitions: Definitions;
}

/** By the connection whose place each takes. None that exists, crosses a border or closes a circle. */
function findBridges(taking: TakingOut, without: Plan): Map<Edge, Edge> {
	const { plan, gone, definitions } = taking;
	const bridges = new Map<Edge, Edge>();
	const entries = plan.edges.filter(({ from, to }) => !gone.has(from) && gone.has(to));
	if (entries.length === 0) return bridges;
	const ways = waysThrough(taking);
	for (const entry of entries) {
		const to = ways(entry.to);
		if (to === undefined) continue;
		const bridge = { ...entry, to };
		const after = { ...without, edges: [...without.edges, ...bridges.values()] };
		if (!explainRefusal(after, bridge, definitions)) bridges.set(entry, bridge);
	}
	return bridges;
}

/** Tells where a chain of removed steps leads to; nothing where it has more than one way in or out. */
function waysThrough({ plan, gone, definitions }: TakingOut): (first: NodeId) => NodeId | undefined {
	const { nodes } = indexPlan(plan);
	return (first) => {
		let at = first;
		for (let steps = 0; gone.has(at) && steps <= gone.size; steps++) {
			const entry = nodes.get(at);
			const [exit, ...others] = entry?.outgoing ?? [];
			if (!entry || !exit || others.length > 0 || entry.incoming.length !== 1) return undefined;
			if (exit.port !== firstPort(entry.node, definitions)) return undefined;
			at = exit.to;
		}
		return at;
	};
}

function firstPort(node: PlanNode, definitions: Definitions): string | undefined {
	return portsOfNode(node, definitionIn(definitions, node.type))[0];
}
