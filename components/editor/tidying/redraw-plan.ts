import { collapseContainers, type VisibleGraph } from "@/components/canvas/drawing/collapse-containers";
import { describeNode } from "@/components/canvas/drawing/describe-node";
import { type Drawing, drawGraph } from "@/components/canvas/drawing/draw-plan";
import type { NodeLayout } from "@/components/canvas/drawing/lay-out-plan";
import type { FlowEdge, FlowElements, FlowNode } from "@/components/canvas/drawing/to-flow";
import { indexPlan } from "@/server/plan/graph/index-plan";
import type { NodeId, Plan } from "@/server/plan/plan";
import { isSameJson } from "@/server/plan/values/same-json";

/**
 * Draws a plan after an edit. What has not moved keeps its identity, so that React Flow leaves it alone; an edit that
 * moves nothing, such as typing in a field, keeps all of the flow.
 */
export function redrawPlan(before: Drawing, plan: Plan, collapsed: ReadonlySet<NodeId>): Drawing {
	const graph = collapseContainers(indexPlan(plan), collapsed);
	const nodes = restyle(before, graph);
	if (nodes) return { ...before, graph, layout: { ...before.layout, nodes } };
	const next = drawGraph(graph);
	const layout = { ...next.layout, nodes: keepPlaced(before, next) };
	return { ...next, layout, flow: keepSame(before.flow, next.flow) };
}

/** A node that stands where it stood, and is what it was, is not drawn again. */
function keepPlaced(before: Drawing, after: Drawing): Map<NodeId, NodeLayout> {
	const kept = [...after.layout.nodes].map(([id, nodeLayout]): [NodeId, NodeLayout] => {
		const old = before.layout.nodes.get(id);
		return [id, old && isSamePlace(old, nodeLayout) ? old : nodeLayout];
	});
	return new Map(kept);
}

function isSamePlace(a: NodeLayout, b: NodeLayout): boolean {
	return (
		a.node === b.node &&
		a.level === b.level &&
		a.look.isCollapsed === b.look.isCollapsed &&
		a.look.summary === b.look.summary &&
		a.look.container === b.look.container &&
		isSameJson([a.rect, a.entry, a.ports], [b.rect, b.entry, b.ports])
	);
}

/** The placed nodes with their new looks, when nothing has changed its place or size. */
function restyle(before: Drawing, graph: VisibleGraph): Map<NodeId, NodeLayout> | undefined {
	if (!keepsOutline(before.graph, graph)) return undefined;
	const placed = new Map<NodeId, NodeLayout>();
	for (const [id, old] of before.layout.nodes) {
		const node = graph.nodes.get(id)?.node;
		if (!node) return undefined;
		if (node === old.node) {
			placed.set(id, old);
			continue;
		}
		const look = describeNode(node, { container: old.look.container, hidden: graph.collapsed?.get(id) });
		const { position, parent } = old.node;
		const stays = parent === node.parent && position.x === node.position.x && position.y === node.position.y;
		if (!stays || look.container !== old.look.container || !isSameJson(look.ports, old.look.ports)) return undefined;
		placed.set(id, { ...old, node, look });
	}
	return placed;
}

function keepsOutline(before: VisibleGraph, after: VisibleGraph): boolean {
	const [a, b] = [before.plan, after.plan];
	return (
		before.nodes.size === after.nodes.size &&
		isSameJson([...(before.collapsed ?? [])], [...(after.collapsed ?? [])]) &&
		a.inputs.length === b.inputs.length &&
		(a.edges === b.edges || isSameJson(a.edges, b.edges)) &&
		(a.notes === b.notes || isSameJson(a.notes, b.notes)) &&
		(a.triggers === b.triggers || isSameJson(a.triggers, b.triggers)) &&
		a.nodes.length === b.nodes.length &&
		a.nodes.every(({ id }, i) => id === b.nodes[i]?.id)
	);
}

function keepSame(before: FlowElements, after: FlowElements): FlowElements {
	return {
		nodes: keepElements(before.nodes, after.nodes, isSameNode),
		edges: keepElements(before.edges, after.edges, isSameEdge),
	};
}

function keepElements<T extends { id: string }>(before: T[], after: T[], isSame: (a: T, b: T) => boolean): T[] {
	const known = new Map(before.map((element) => [element.id, element]));
	const kept = after.map((element) => {
		const old = known.get(element.id);
		return old && isSame(old, element) ? old : element;
	});
	return kept.length === before.length && kept.every((element, i) => element === before[i]) ? before : kept;
}

function isSameNode(a: FlowNode, b: FlowNode): boolean {
	return (
		a.type === b.type &&
		a.position.x === b.position.x &&
		a.position.y === b.position.y &&
		a.width === b.width &&
		a.height === b.height &&
		a.zIndex === b.zIndex &&
		isSameJson(a.handles ?? [], b.handles ?? []) &&
		("nodeLayout" in a.data || isSameJson(a.data, b.data))
	);
}

function isSameEdge(a: FlowEdge, b: FlowEdge): boolean {
	return a.data?.path === b.data?.path && a.data?.under === b.data?.under;
}
