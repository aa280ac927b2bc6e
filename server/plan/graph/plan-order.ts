import type { NodeId } from "../plan";
import type { GraphNode, PlanIndex } from "./index-plan";

/** In which order the nodes of each body can run. */
export interface PlanOrder {
	/** Each node after everything before it in its body. Nodes in a cycle, and behind one, are left out. */
	readonly sorted: readonly GraphNode[];
	/** One cycle for each group of nodes that go round, in the order of their connections. */
	readonly cycles: readonly GraphNode[][];
	/** Whether a chain of connections leads from one node to the other. True when a cycle makes it unclear. */
	comesBefore(first: NodeId, second: NodeId): boolean;
}

export function orderPlan(index: PlanIndex): PlanOrder {
	const sorted: GraphNode[] = [];
	const rest: GraphNode[] = [];
	const ranks = new Map<NodeId, number>();
	const ancestors = new Map<NodeId, Uint32Array>();
	for (const body of index.bodies.values()) {
		const order = sortBody(index, body);
		sorted.push(...order.sorted);
		rest.push(...order.rest);
		collectAncestors(order.sorted, ranks, ancestors);
	}
	return {
		sorted,
		cycles: findCycles(index, rest),
		comesBefore(first, second) {
			const rank = ranks.get(first);
			const row = ancestors.get(second);
			return rank === undefined || row === undefined || hasBit(row, rank);
		},
	};
}

/** Kahn's algorithm. */
function sortBody(index: PlanIndex, body: readonly GraphNode[]): { sorted: GraphNode[]; rest: GraphNode[] } {
	const waiting = new Map(body.map((entry) => [entry, entry.incoming.length]));
	const sorted = body.filter((entry) => waiting.get(entry) === 0);
	for (const entry of sorted) {
		for (const edge of entry.outgoing) {
			const next = index.nodes.get(edge.to);
			if (!next) continue;
			const left = (waiting.get(next) ?? 0) - 1;
			waiting.set(next, left);
			if (left === 0) sorted.push(next);
		}
	}
	return { sorted, rest: body.filter((entry) => (waiting.get(entry) ?? 0) > 0) };
}

/** One row of bits per node: bit n stands for the node of rank n. Ranks count within a body. */
function collectAncestors(
	sorted: readonly GraphNode[],
	ranks: Map<NodeId, number>,
	rows: Map<NodeId, Uint32Array>,
): void {
	const words = Math.ceil(sorted.length / 32);
	for (const [rank, { node, incoming }] of sorted.entries()) {
		const row = new Uint32Array(words);
		for (const { from } of incoming) {
			const before = rows.get(from);
			for (const [word, bits] of before?.entries() ?? []) row[word] = (row[word] ?? 0) | bits;
			const fromRank = ranks.get(from);
			if (fromRank !== undefined) row[fromRank >>> 5] = (row[fromRank >>> 5] ?? 0) | (1 << (fromRank & 31));
		}
		ranks.set(node.id, rank);
		rows.set(node.id, row);
	}
}

function hasBit(row: Uint32Array, rank: number): boolean {
	return ((row[rank >>> 5] ?? 0) & (1 << (rank & 31))) !== 0;
}

/** Each node left by the sort has a predecessor that was left too: walking backwards must go round at some point. */
function findCycles(index: PlanIndex, rest: readonly GraphNode[]): GraphNode[][] {
	const left = new Set(rest);
	const visited = new Set<GraphNode>();
	const cycles: GraphNode[][] = [];
	for (const start of rest) {
		const path = new Set<GraphNode>();
		let at: GraphNode | undefined = start;
		while (at && !visited.has(at)) {
			visited.add(at);
			path.add(at);
			at = predecessorIn(index, left, at);
		}
		if (at && path.has(at)) cycles.push([...path].slice([...path].indexOf(at)).reverse());
	}
	return cycles;
}

function predecessorIn(index: PlanIndex, left: ReadonlySet<GraphNode>, { incoming }: GraphNode): GraphNode | undefined {
	for (const { from } of incoming) {
		const entry = index.nodes.get(from);
		if (entry && left.has(entry)) return entry;
	}
	return undefined;
}
