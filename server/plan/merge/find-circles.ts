import type { Edge, NodeId } from "../plan";
import { groupBy } from "../values/group-by";

/**
 * The connections of each circle: of each set of nodes that can all reach one another (Tarjan's strongly connected
 * components, without recursion so that a long chain does not end the stack).
 */
export function findCircles(edges: readonly Edge[], nodes: Iterable<NodeId>): Edge[][] {
	const next = groupBy(edges, ({ from }) => from);
	const group = new Map<NodeId, number>();
	const walk: Walk = { next, order: new Map(), low: new Map(), open: [], group };
	for (const id of nodes) if (!walk.order.has(id)) visit(id, walk);
	const inside = edges.filter(({ from, to }) => from !== to && group.has(from) && group.get(from) === group.get(to));
	return [...groupBy(inside, ({ from }) => group.get(from)).values()];
}

interface Walk {
	next: ReadonlyMap<NodeId, readonly Edge[]>;
	order: Map<NodeId, number>;
	low: Map<NodeId, number>;
	open: NodeId[];
	group: Map<NodeId, number>;
}

function visit(start: NodeId, walk: Walk): void {
	const path = [enter(start, walk)];
	for (let frame = path.at(-1); frame; frame = path.at(-1)) {
		const edge = frame.edges[frame.at];
		frame.at += 1;
		if (!edge) {
			path.pop();
			leave(frame.id, walk);
			const parent = path.at(-1);
			if (parent) lower(parent.id, walk.low.get(frame.id) ?? 0, walk);
		} else if (!walk.order.has(edge.to)) path.push(enter(edge.to, walk));
		else if (!walk.group.has(edge.to)) lower(frame.id, walk.order.get(edge.to) ?? 0, walk);
	}
}

function enter(id: NodeId, { order, low, open, next }: Walk): { id: NodeId; at: number; edges: readonly Edge[] } {
	order.set(id, order.size);
	low.set(id, order.size - 1);
	open.push(id);
	return { id, at: 0, edges: next.get(id) ?? [] };
}

function leave(id: NodeId, { order, low, open, group }: Walk): void {
	if (low.get(id) !== order.get(id)) return;
	const number = order.get(id) ?? 0;
	for (const member of open.splice(open.lastIndexOf(id))) group.set(member, number);
}

function lower(id: NodeId, to: number, { low }: Walk): void {
	low.set(id, Math.min(low.get(id) ?? to, to));
}
