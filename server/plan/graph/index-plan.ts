import type { Edge, NodeId, Plan, PlanNode } from "../plan";
import { groupBy } from "../values/group-by";

/** A node with the connections that count: between two different nodes of the same body. */
export interface GraphNode {
	readonly id: NodeId;
	readonly node: PlanNode;
	/** The container in whose body it stands; "" for the plan's own. */
	readonly parent: NodeId;
	readonly incoming: readonly Edge[];
	readonly outgoing: readonly Edge[];
}

/** A plan made quick to look things up in. Built once per plan, shared by every walk over it. */
export interface PlanIndex {
	readonly plan: Plan;
	/** By id; the first of two nodes with the same id wins. In plan order. */
	readonly nodes: ReadonlyMap<NodeId, GraphNode>;
	/** The nodes of each container that has any, in plan order; the plan's own body is under "". */
	readonly bodies: ReadonlyMap<NodeId, readonly GraphNode[]>;
}

interface Draft {
	id: NodeId;
	node: PlanNode;
	parent: NodeId;
	incoming: Edge[];
	outgoing: Edge[];
}

/**
 * Indexes a plan by id and by container, with each node's connections. Works on drafts too: a node whose parent does not
 * exist, or stands inside itself, is in the plan's own body; connections that do not count are left out.
 */
export function indexPlan(plan: Plan): PlanIndex {
	const nodes = new Map<NodeId, Draft>();
	for (const node of plan.nodes) {
		if (!nodes.has(node.id)) nodes.set(node.id, { id: node.id, node, parent: "", incoming: [], outgoing: [] });
	}
	findParents(nodes);
	for (const edge of plan.edges) {
		const from = nodes.get(edge.from);
		const to = nodes.get(edge.to);
		if (!from || !to || from === to || from.parent !== to.parent) continue;
		from.outgoing.push(edge);
		to.incoming.push(edge);
	}
	return { plan, nodes, bodies: groupBy(nodes.values(), ({ parent }) => parent) };
}

/** From the plan's own body inwards, so that what stands inside itself is never come to. */
function findParents(nodes: ReadonlyMap<NodeId, Draft>): void {
	const inside = groupBy(nodes.values(), ({ node }) => node.parent);
	const placed = [...nodes.values()].filter(({ node: { parent } }) => parent === undefined || !nodes.has(parent));
	for (const { id } of placed) {
		for (const child of inside.get(id) ?? []) {
			child.parent = id;
			placed.push(child);
		}
	}
}

/** The nodes of a container's body, or of the plan's own. */
export function bodyOf(index: PlanIndex, parent: NodeId = ""): readonly GraphNode[] {
	return index.bodies.get(parent) ?? [];
}

/** The nodes of a body that nothing in it leads to: they start with the run, or with each iteration. */
export function rootsOf(index: PlanIndex, parent?: NodeId): GraphNode[] {
	return bodyOf(index, parent).filter(({ incoming }) => incoming.length === 0);
}

/** The nodes of a body that lead nowhere in it. */
export function leavesOf(index: PlanIndex, parent?: NodeId): GraphNode[] {
	return bodyOf(index, parent).filter(({ outgoing }) => outgoing.length === 0);
}

/** The containers around a node, the innermost first. */
export function enclosingContainers(index: PlanIndex, id: NodeId): PlanNode[] {
	const found: PlanNode[] = [];
	for (let at = parentOf(index, id); at; at = parentOf(index, at.id)) found.push(at.node);
	return found;
}

function parentOf({ nodes }: PlanIndex, id: NodeId): GraphNode | undefined {
	return nodes.get(nodes.get(id)?.parent ?? "");
}

/** A node's name as it is shown; its id if there is no such node. */
export function nameOfNode({ nodes }: PlanIndex, id: NodeId): string {
	return nodes.get(id)?.node.name ?? id;
}
