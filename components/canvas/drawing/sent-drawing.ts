import { indexPlan } from "@/server/plan/graph/index-plan";
import type { NodeId, Plan } from "@/server/plan/plan";
import type { NodeLook } from "./describe-node";
import type { StillDrawing } from "./draw-still";
import type { DrawnEdge } from "./drawn-edges";
import { type EdgeEnds, edgeId } from "./edge-ends";
import { baselineOf, exitsOf, type Point } from "./geometry";
import type { NodeLayout, PlanLayout } from "./lay-out-plan";

/** What steps of one type have in common. */
type Kind = Omit<NodeLook, "title" | "summary">;
type SentNode = [id: NodeId, kind: number, summary: string, x: number, y: number, width: number, height: number];
/** Its ends by the numbers of their nodes, -1 for the triggers, then what it passes: x and y of one point after the other. */
type SentEdge = [kind: EdgeEnds["kind"], from: number, to: number, port: string, ...points: number[]];

/**
 * A still drawing as a page carries it to the browser beside its plan: without what can be made of the plan there. A plan of
 * 2,000 steps is a tenth of what it would be.
 */
export interface SentDrawing extends Pick<PlanLayout, "trigger" | "notes" | "bounds"> {
	kinds: Kind[];
	nodes: SentNode[];
	edges: SentEdge[];
	triggers: StillDrawing["triggers"];
}

export function sendDrawing({ layout, edges, triggers }: StillDrawing): SentDrawing {
	const kinds = new Map<string, { number: number; kind: Kind }>();
	const numbers = new Map([...layout.nodes.keys()].map((id, number) => [id, number]));
	const nodes = [...layout.nodes.values()].map(({ node, look, rect }): SentNode => {
		const { title: _, summary, ...kind } = look;
		const key = JSON.stringify(kind);
		const known = kinds.get(key) ?? { number: kinds.size, kind };
		kinds.set(key, known);
		return [node.id, known.number, summary, rect.x, rect.y, rect.width, rect.height];
	});
	const { trigger, notes, bounds } = layout;
	const sent = edges.map((edge) => sendEdge(edge, (id) => numbers.get(id) ?? -1));
	return { trigger, notes, bounds, kinds: [...kinds.values()].map(({ kind }) => kind), nodes, edges: sent, triggers };
}

function sendEdge(edge: DrawnEdge, numberOf: (id: NodeId) => number): SentEdge {
	const points = edge.points.flatMap(({ x, y }) => [x, y]);
	const from = edge.kind === "start" ? -1 : numberOf(edge.kind === "enter" ? edge.container : edge.from);
	const to = numberOf(edge.kind === "leave" ? edge.container : edge.to);
	const port = edge.kind === "edge" || edge.kind === "leave" ? edge.port : "";
	return [edge.kind, from, to, port, ...points];
}

/** The drawing of a plan as it was sent beside it. Its edges know nothing of those that they cross: a picture shows none. */
export function receiveDrawing(plan: Plan, sent: SentDrawing): StillDrawing {
	const graph = indexPlan(plan);
	const { trigger, notes, bounds, kinds, triggers } = sent;
	const nodes = new Map<NodeId, NodeLayout>();
	for (const [id, number, summary, x, y, width, height] of sent.nodes) {
		const [found, kind] = [graph.nodes.get(id), kinds[number]];
		if (!found || !kind) continue;
		const look = { ...kind, title: found.node.name, summary };
		const rect = { x, y, width, height };
		const entry = { x, y: y + baselineOf(look) };
		const level = found.parent;
		nodes.set(id, { node: found.node, look, rect, origin: { x, y }, entry, ports: exitsOf(look, rect), level });
	}
	const edges = sent.edges.map((edge) => receiveEdge(edge, (number) => sent.nodes[number]?.[0] ?? ""));
	return { graph, layout: { nodes, trigger, notes, bounds }, edges, triggers };
}

function receiveEdge([kind, first, second, port, ...numbers]: SentEdge, idOf: (number: number) => NodeId): DrawnEdge {
	const ends = receiveEnds(kind, { first: idOf(first), second: idOf(second), port });
	const points: Point[] = [];
	for (const [at, x] of numbers.entries()) if (at % 2 === 0) points.push({ x, y: numbers[at + 1] ?? 0 });
	return { ...ends, id: edgeId(ends), points, crossings: [] };
}

function receiveEnds(
	kind: EdgeEnds["kind"],
	{ first, second, port }: { first: NodeId; second: NodeId; port: string },
): EdgeEnds {
	switch (kind) {
		case "start":
			return { kind, to: second };
		case "edge":
			return { kind, from: first, port, to: second };
		case "enter":
			return { kind, container: first, to: second };
		case "leave":
			return { kind, from: first, port, container: second };
	}
}
