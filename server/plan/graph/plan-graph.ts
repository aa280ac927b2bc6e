import type { Edge, NodeId, Plan, PlanNode } from "../plan";

/** A node with the connections that count: both ends exist and stand in the same body. */
export interface GraphNode {
	readonly node: PlanNode;
	readonly incoming: readonly Edge[];
	readonly outgoing: readonly Edge[];
}

/** A plan made quick to look things up in. Built once per plan, shared by every walk over it. */
export interface PlanIndex {
	readonly plan: Plan;
	/** By id; the first of two nodes with the same id wins. */
	readonly nodes: ReadonlyMap<NodeId, GraphNode>;
	/** The nodes of each container, in plan order; the plan's own body is under `undefined`. */
	readonly bodies: ReadonlyMap<NodeId | undefined, readonly GraphNode[]>;
}

interface Draft {
	node: PlanNode;
	incoming: Edge[];
	outgoing: Edge[];
}

/**
 * Indexes a plan by id and by container, with each node's connections. Works on drafts too: connections that lead
 * nowhere or across a container's border are left out.
 */
export function indexPlan(plan: Plan): PlanIndex {
	const nodes = new Map<NodeId, Draft>();
	const bodies = new Map<NodeId | undefined, Draft[]>([[undefined, []]]);
	for (const node of plan.nodes) {
		if (nodes.has(node.id)) continue;
		const entry: Draft = { node, incoming: [], outgoing: [] };
		nodes.set(node.id, entry);
		const body = bodies.get(node.parent);
		if (body) body.push(entry);
		else bodies.set(node.parent, [entry]);
	}
	for (const edge of plan.edges) {
		const from = nodes.get(edge.from);
		const to = nodes.get(edge.to);
		if (!from || !to || from.node.parent !== to.node.parent) continue;
		from.outgoing.push(edge);
		to.incoming.push(edge);
	}
	return { plan, nodes, bodies };
}

/** The nodes of a container's body, or of the plan's own. */
export function bodyOf(index: PlanIndex, parent?: NodeId): readonly GraphNode[] {
	return index.bodies.get(parent) ?? [];
}

/** The containers around a node, the innermost first. Ends at a missing parent and at a circle of parents. */
export function enclosingContainers(index: PlanIndex, id: NodeId): PlanNode[] {
	const found = new Set<PlanNode>();
	let parent = index.nodes.get(id)?.node.parent;
	while (parent !== undefined) {
		const container = index.nodes.get(parent)?.node;
		if (!container || found.has(container) || container.id === id) break;
		found.add(container);
		parent = container.parent;
	}
	return [...found];
}
