import { bodyOf, leavesOf, type PlanIndex, rootsOf } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import { type EdgeEnds, edgeId } from "./edge-ends";
import type { Point, Rect } from "./geometry";
import type { PlanLayout } from "./lay-out-plan";
import { type EdgeRoute, routeEdges } from "./route-edges";

export type DrawnEdge = EdgeRoute & EdgeEnds;

/** Every edge of the drawing, routed. Later edges pass over earlier ones. */
export function drawEdges(graph: PlanIndex, layout: PlanLayout): DrawnEdge[] {
	const found: { end: EdgeEnds; id: string; from: Point; to: Point; around: Rect[] }[] = [];
	for (const level of ["", ...graph.nodes.keys()]) {
		if (bodyOf(graph, level).length === 0) continue;
		const around = bodyOf(graph, level).flatMap(({ id }) => layout.nodes.get(id)?.rect ?? []);
		if (level === "") around.push(layout.trigger.rect);
		for (const end of endsOf(graph, level, layout)) {
			const points = pointsOf(end, layout);
			if (points) found.push({ end, id: edgeId(end), ...points, around });
		}
	}
	const routed = new Map(routeEdges(found).map((route) => [route.id, route]));
	return found.flatMap(({ end, id }) => {
		const route = routed.get(id);
		return route ? { ...route, ...end } : [];
	});
}

function endsOf(graph: PlanIndex, level: NodeId, layout: PlanLayout): EdgeEnds[] {
	const first = rootsOf(graph, level).map(
		({ id }): EdgeEnds => (level === "" ? { kind: "start", to: id } : { kind: "enter", container: level, to: id }),
	);
	const inner = bodyOf(graph, level).flatMap(({ outgoing }) =>
		outgoing.map((edge): EdgeEnds => ({ kind: "edge", ...edge })),
	);
	if (level === "") return [...first, ...inner];
	const last = leavesOf(graph, level).map(({ id }): EdgeEnds => {
		const port = layout.nodes.get(id)?.ports[0]?.name ?? "out";
		return { kind: "leave", from: id, port, container: level };
	});
	return [...first, ...inner, ...last];
}

function pointsOf(end: EdgeEnds, layout: PlanLayout): { from: Point; to: Point } | undefined {
	const target = end.kind === "leave" ? layout.nodes.get(end.container) : layout.nodes.get(end.to);
	if (!target) return undefined;
	if (end.kind === "start") return { from: layout.trigger.exit, to: target.entry };
	if (end.kind === "enter") {
		const container = layout.nodes.get(end.container);
		return container && { from: container.entry, to: target.entry };
	}
	const source = layout.nodes.get(end.from);
	const exit = source?.ports.find((port) => port.name === end.port) ?? source?.ports[0];
	if (!exit) return undefined;
	const from = { x: exit.x, y: exit.y };
	if (end.kind === "edge") return { from, to: target.entry };
	return { from, to: { x: target.rect.x + target.rect.width, y: target.entry.y } };
}
