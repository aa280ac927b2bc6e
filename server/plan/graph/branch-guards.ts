import type { Edge, NodeId, PlanNode, PortName } from "../plan";
import type { PlanOrder } from "./plan-order";
import type { PlanView } from "./plan-view";

/** A node that has to leave by one of its several exits. */
export interface Guard {
	node: PlanNode;
	port: PortName;
}

/** Guards by node and exit. */
export type Guards = ReadonlyMap<string, Guard>;

const NONE: Guards = new Map();

/**
 * What must have been decided for each node to run, whichever way leads to it: where branches meet again, only what all
 * of them have in common. Nodes that form a cycle are left out.
 */
export function collectGuards(view: PlanView, { sorted }: PlanOrder): ReadonlyMap<NodeId, Guards> {
	const guards = new Map<NodeId, Guards>();
	for (const { node, incoming } of sorted) {
		const ways = incoming.map((edge) => guardsThrough(view, edge, guards));
		guards.set(node.id, ways.reduce<Guards | undefined>(inCommon, undefined) ?? NONE);
	}
	return guards;
}

function guardsThrough(view: PlanView, { from, port }: Edge, guards: ReadonlyMap<NodeId, Guards>): Guards {
	const before = guards.get(from) ?? NONE;
	const node = view.index.nodes.get(from)?.node;
	if (!node || node.disabled || view.portsOf(node).length < 2) return before;
	return new Map(before).set(`${from} ${port}`, { node, port });
}

function inCommon(one: Guards | undefined, other: Guards): Guards {
	if (one === undefined || one === other) return other;
	return new Map([...one].filter(([key]) => other.has(key)));
}
