import type { Edge, NodeId, Plan, PlanNode } from "@/server/plan/plan";

/** The plan as the canvas walks it: who lies in what, and which edges leave and reach a node. */
export interface PlanGraph {
	plan: Plan;
	nodes: ReadonlyMap<NodeId, PlanNode>;
	/** Nodes by the container around them; "" holds the top level. In plan order. */
	levels: ReadonlyMap<NodeId, readonly PlanNode[]>;
	outgoing: ReadonlyMap<NodeId, readonly Edge[]>;
	incoming: ReadonlyMap<NodeId, readonly Edge[]>;
	/** Containers that are drawn as a single node, with how many steps each hides. */
	collapsed: ReadonlyMap<NodeId, number>;
}

const ALL_OPEN: ReadonlySet<NodeId> = new Set();

/**
 * Drafts may be wrong: edges to nowhere, across a border, or unknown and circular parents are left out. What stands in a
 * container that is `collapsed` is left out too.
 */
export function buildGraph(plan: Plan, collapsed: ReadonlySet<NodeId> = ALL_OPEN): PlanGraph {
	const all = new Map(plan.nodes.map((node) => [node.id, node]));
	const hidden = new Map<NodeId, number>();
	const nodes = new Map<NodeId, PlanNode>();
	const levels = new Map<NodeId, PlanNode[]>([["", []]]);
	for (const node of all.values()) {
		const hiding = collapsed.size === 0 ? [] : levelsAround(node, all).filter((id) => collapsed.has(id));
		for (const id of hiding) hidden.set(id, (hidden.get(id) ?? 0) + 1);
		if (hiding.length > 0) continue;
		nodes.set(node.id, node);
		push(levels, levelOf(node, all), node);
	}
	const outgoing = new Map<NodeId, Edge[]>();
	const incoming = new Map<NodeId, Edge[]>();
	for (const edge of plan.edges) {
		const from = nodes.get(edge.from);
		const to = nodes.get(edge.to);
		if (!from || !to || from === to || levelOf(from, nodes) !== levelOf(to, nodes)) continue;
		push(outgoing, edge.from, edge);
		push(incoming, edge.to, edge);
	}
	return { plan, nodes, levels, outgoing, incoming, collapsed: hidden };
}

export function childrenOf(graph: PlanGraph, parent: NodeId): readonly PlanNode[] {
	return graph.levels.get(parent) ?? [];
}

/** The nodes of a level that nothing on that level leads to: they start with the run, or with each iteration. */
export function rootsOf(graph: PlanGraph, parent: NodeId): readonly PlanNode[] {
	return childrenOf(graph, parent).filter((node) => !graph.incoming.has(node.id));
}

/** The nodes of a level that lead nowhere on that level. */
export function leavesOf(graph: PlanGraph, parent: NodeId): readonly PlanNode[] {
	return childrenOf(graph, parent).filter((node) => !graph.outgoing.has(node.id));
}

/** The containers around a node, outermost first. */
export function ancestorsOf(graph: PlanGraph, id: NodeId): NodeId[] {
	const node = graph.nodes.get(id);
	return node ? levelsAround(node, graph.nodes) : [];
}

function levelsAround(start: PlanNode, nodes: ReadonlyMap<NodeId, PlanNode>): NodeId[] {
	const found: NodeId[] = [];
	let node: PlanNode | undefined = start;
	while (node) {
		const level = levelOf(node, nodes);
		if (level === "") break;
		found.unshift(level);
		node = nodes.get(level);
	}
	return found;
}

function levelOf(node: PlanNode, nodes: ReadonlyMap<NodeId, PlanNode>): NodeId {
	const { parent } = node;
	if (parent === undefined || !nodes.has(parent)) return "";
	const seen = new Set([node.id]);
	for (let at: NodeId | undefined = parent; at !== undefined; at = nodes.get(at)?.parent) {
		if (seen.has(at)) return "";
		seen.add(at);
	}
	return parent;
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}
