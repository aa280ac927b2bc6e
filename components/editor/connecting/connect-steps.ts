import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import { TRIGGER_ID } from "@/components/canvas/drawing/edge-ends";
import type { Point } from "@/components/canvas/drawing/geometry";
import { catalog } from "@/server/nodes/catalog";
import { connect, disconnect, reconnect } from "@/server/plan/edits/connect";
import type { EdgeKey } from "@/server/plan/edits/edge-key";
import { explainRefusal, refusalsFrom } from "@/server/plan/edits/explain-refusal";
import type { PlanEdit, Refusal } from "@/server/plan/edits/plan-edit";
import { nameOfNode } from "@/server/plan/graph/index-plan";
import { quote } from "@/server/plan/graph/plan-view";
import type { Edge, NodeId, Plan, PortName } from "@/server/plan/plan";
import { nodeAt } from "../canvas/hit-test";

/** A connection that is being dragged: a new one, or an existing edge whose end is moved. */
export interface PendingConnection {
	/** The end that stays. */
	fixed: { node: NodeId; port: PortName; end: "source" | "target" };
	/** The existing edge; undefined for a new connection. */
	edge?: EdgeKey | undefined;
	/** The edge that dropping it on a step would make, or why that is refused. */
	resolve(over: NodeId, at: Point): ConnectionResult;
	/** The steps that it can be dropped on. */
	validTargets: ReadonlySet<NodeId>;
}

export type ConnectionResult = { edge: Edge; refusal?: undefined } | { edge?: undefined; refusal: Refusal };

/** Within this distance of its own handle (flow px) the pointer has no target yet. */
const DEAD_ZONE = 20;

/** The step under the pointer; undefined over empty canvas and near the handle that the connection starts at. */
export function stepUnder(
	drawing: Drawing,
	{ node, port, end }: PendingConnection["fixed"],
	at: Point,
): NodeId | undefined {
	const over = nodeAt(drawing, at);
	if (over?.node.id !== node) return over?.node.id;
	const exit = end === "source" ? over.ports.find(({ name }) => name === port) : over.entry;
	return exit && Math.hypot(exit.x - at.x, exit.y - at.y) <= DEAD_ZONE ? undefined : node;
}

/** Begins a new connection at a handle, or frees one end of an existing edge. */
export function pendingConnection(
	drawing: Drawing,
	{ fixed, edge }: Pick<PendingConnection, "fixed" | "edge">,
): PendingConnection {
	const plan = edge === undefined ? drawing.graph.plan : disconnect(drawing.graph.plan, [edge]);
	const resolve =
		fixed.end === "source" ? resolveFromSource(plan, drawing, fixed) : resolveFromTarget(plan, drawing, fixed);
	const level = drawing.layout.nodes.get(fixed.node)?.level ?? "";
	const near = [...drawing.layout.nodes.values()].filter((nodeLayout) => nodeLayout.level === level);
	const validTargets = near.filter(({ node, entry }) => resolve(node.id, entry).refusal === undefined);
	return { fixed, edge, resolve, validTargets: new Set(validTargets.map(({ node }) => node.id)) };
}

function resolveFromSource(
	plan: Plan,
	drawing: Drawing,
	{ node: from, port }: PendingConnection["fixed"],
): PendingConnection["resolve"] {
	if (from === TRIGGER_ID) return (to) => ({ refusal: explainStart(drawing, to) });
	const refuses = refusalsFrom(plan, { from, port }, catalog);
	return (to) => {
		const refusal = refuses(to);
		return refusal ? { refusal } : { edge: { from, port, to } };
	};
}

function resolveFromTarget(
	plan: Plan,
	{ layout }: Drawing,
	{ node: to }: PendingConnection["fixed"],
): PendingConnection["resolve"] {
	return (from, at) => {
		const ports = layout.nodes.get(from)?.ports ?? [];
		const [nearest] = ports.toSorted((a, b) => Math.abs(a.y - at.y) - Math.abs(b.y - at.y));
		const edge = { from, port: nearest?.name ?? "out", to };
		const refusal = explainRefusal(plan, edge, catalog);
		return refusal ? { refusal } : { edge };
	};
}

/** Triggers start whatever nothing leads to: there is no edge to draw. */
function explainStart({ graph }: Drawing, to: NodeId): Refusal {
	const name = quote(nameOfNode(graph, to));
	const before = graph.nodes.get(to)?.incoming[0];
	if (!before)
		return { title: "These two are already connected", detail: `Nothing leads to ${name}: a run starts it.` };
	const first = quote(nameOfNode(graph, before.from));
	return {
		title: "It comes after the first step",
		detail: `${name} comes after ${first}. Remove that connection to make it a first step.`,
	};
}

/** The edit that dropping the connection makes. */
export function connectionEdit({ edge: old }: Pick<PendingConnection, "edge">, edge: Edge): PlanEdit {
	return (plan) =>
		old === undefined ? connect(plan, edge, catalog) : reconnect(plan, { edge: old, to: edge }, catalog);
}

/** Whether this connection makes branches meet that did not meet there before. */
export function mergesBranches(plan: Plan, edge: Edge): boolean {
	return plan.edges.filter(({ to }) => to === edge.to).length === 2;
}
