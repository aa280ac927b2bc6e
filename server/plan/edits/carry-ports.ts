import { portsOfNode } from "../graph/ports-of-node";
import type { Edge, NodeId, Plan, PlanNode, PortName } from "../plan";
import { edgeKey } from "./edge-key";
import { type Definitions, definitionIn } from "./plan-edit";

/**
 * Some exits are named by the config (the cases of a switch). When one that holds edges is gone and one has come, it
 * was renamed, and its edges go along: also through an empty name, as when it is deleted and typed anew.
 */
export function carryPorts(
	{ before, after }: { before: PlanNode | undefined; after: Plan },
	id: NodeId,
	definitions: Definitions,
): Plan {
	const node = after.nodes.find((each) => each.id === id);
	const definition = node && definitionIn(definitions, node.type);
	if (!node || !before || !definition) return after;
	const ports = new Set(portsOfNode(node, definition));
	const old = new Set(portsOfNode(before, definition));
	const [came, ...others] = [...ports].filter((port) => !old.has(port));
	const lost = new Set(after.edges.flatMap(({ from, port }) => (from === id && !ports.has(port) ? [port] : [])));
	const [gone, ...more] = lost;
	if (came === undefined || gone === undefined || others.length > 0 || more.length > 0) return after;
	return { ...after, edges: movePort(after.edges, { id, gone, came }) };
}

function movePort(edges: readonly Edge[], { id, gone, came }: { id: NodeId; gone: PortName; came: PortName }): Edge[] {
	const seen = new Set<string>();
	return edges.flatMap((edge) => {
		const moved = edge.from === id && edge.port === gone ? { ...edge, port: came } : edge;
		const isRepeated = seen.has(edgeKey(moved));
		seen.add(edgeKey(moved));
		return isRepeated ? [] : [moved];
	});
}
