import { enclosingContainers, type GraphNode, type PlanIndex } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";

/** A plan as it is drawn. */
export interface VisibleGraph extends PlanIndex {
	/** Containers that are drawn as a single node, with how many steps each hides. */
	readonly collapsed?: ReadonlyMap<NodeId, number>;
}

/** Leaves out what stands in a container that is collapsed. */
export function collapseContainers(index: PlanIndex, ids: ReadonlySet<NodeId>): VisibleGraph {
	if (ids.size === 0) return index;
	const collapsed = new Map<NodeId, number>();
	const nodes = new Map<NodeId, GraphNode>();
	for (const entry of index.nodes.values()) {
		const hiding = enclosingContainers(index, entry.id).filter(({ id }) => ids.has(id));
		for (const { id } of hiding) collapsed.set(id, (collapsed.get(id) ?? 0) + 1);
		if (hiding.length === 0) nodes.set(entry.id, entry);
	}
	const isShown = (container: NodeId) => container === "" || (nodes.has(container) && !collapsed.has(container));
	return { ...index, nodes, bodies: new Map([...index.bodies].filter(([id]) => isShown(id))), collapsed };
}
