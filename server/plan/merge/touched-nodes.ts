import { type EdgeKey, edgeKey } from "../edits/edge-key";
import type { NodeId, Plan } from "../plan";
import { isSameJson } from "../values/same-json";
import { meaningOf } from "./keep-apart";

/** Steps that a side changed: what they say, what is connected to them, what stands inside them. Moving does not count. */
export function touchedNodes(base: Plan, side: Plan): Set<NodeId> {
	const old = new Map(base.nodes.map((node) => [node.id, node]));
	const known = new Set<EdgeKey>(base.edges.map(edgeKey));
	const touched = new Set<NodeId>();
	for (const node of side.nodes) {
		const before = old.get(node.id);
		if (before && isSameJson(meaningOf(before), meaningOf(node))) continue;
		touched.add(node.id);
		if (node.parent !== undefined && before?.parent !== node.parent) touched.add(node.parent);
	}
	for (const edge of side.edges) {
		if (known.has(edgeKey(edge))) continue;
		touched.add(edge.from);
		touched.add(edge.to);
	}
	return touched;
}
