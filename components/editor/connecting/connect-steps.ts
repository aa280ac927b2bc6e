import type { Drawing } from "@/components/canvas/draw-plan";
import { TRIGGER_ID } from "@/components/canvas/drawn-edges";
import type { Point } from "@/components/canvas/geometry";
import { catalog } from "@/server/nodes/catalog";
import { connect, disconnect, reconnect } from "@/server/plan/edits/connect";
import type { EdgeKey } from "@/server/plan/edits/edge-key";
import { explainRefusal, refusalsFrom } from "@/server/plan/edits/explain-refusal";
import type { PlanEdit, Refusal } from "@/server/plan/edits/plan-edit";
import type { Edge, NodeId, Plan, PortName } from "@/server/plan/plan";
import { quote } from "@/server/plan/validate/plan-view";
import { nodeAt } from "../canvas/hit-test";

/** An edge in somebody's hand: the end that stays, and the connection that it was until now. */
export interface Line {
	fixed: { node: NodeId; port: PortName; end: "source" | "target" };
	edge?: EdgeKey | undefined;
	/** What letting go over a step would make of it, or why it would not. */
	land(over: NodeId, at: Point): Landing;
	takers: ReadonlySet<NodeId>;
}

export type Landing = { edge: Edge; refusal?: undefined } | { edge?: undefined; refusal: Refusal };

/** Around the exit that an edge comes from, the pointer asks for nothing yet. */
const QUIET = 20;

/** The step that letting go at a point would be about: its own one too, away from the handle that the edge hangs on. */
export function stepUnder(drawing: Drawing, { node, port, end }: Line["fixed"], at: Point): NodeId | undefined {
	const over = nodeAt(drawing, at);
	if (over?.node.id !== node) return over?.node.id;
	const exit = end === "source" ? over.ports.find(({ name }) => name === port) : over.entry;
	return exit && Math.hypot(exit.x - at.x, exit.y - at.y) <= QUIET ? undefined : node;
}

/** Takes a new edge out of an exit, or the end of an existing one off its step. */
export function takeLine(drawing: Drawing, { fixed, edge }: Pick<Line, "fixed" | "edge">): Line {
	const plan = edge === undefined ? drawing.graph.plan : disconnect(drawing.graph.plan, [edge]);
	const land = fixed.end === "source" ? landFrom(plan, drawing, fixed) : landAt(plan, drawing, fixed);
	const level = drawing.layout.nodes.get(fixed.node)?.level ?? "";
	const near = [...drawing.layout.nodes.values()].filter((placed) => placed.level === level);
	const takers = near.filter(({ node, entry }) => land(node.id, entry).refusal === undefined);
	return { fixed, edge, land, takers: new Set(takers.map(({ node }) => node.id)) };
}

function landFrom(plan: Plan, drawing: Drawing, { node: from, port }: Line["fixed"]): Line["land"] {
	if (from === TRIGGER_ID) return (to) => ({ refusal: explainStart(drawing, to) });
	const refuses = refusalsFrom(plan, { from, port }, catalog);
	return (to) => {
		const refusal = refuses(to);
		return refusal ? { refusal } : { edge: { from, port, to } };
	};
}

function landAt(plan: Plan, { layout }: Drawing, { node: to }: Line["fixed"]): Line["land"] {
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
	const name = quote(graph.nodes.get(to)?.name ?? to);
	const before = graph.incoming.get(to)?.[0];
	if (!before)
		return { title: "These two are already connected", detail: `Nothing leads to ${name}: a run starts it.` };
	const first = quote(graph.nodes.get(before.from)?.name ?? before.from);
	return {
		title: "It comes after the first step",
		detail: `${name} comes after ${first}. Remove that connection to make it a first step.`,
	};
}

/** The edit that letting go makes. */
export function landLine({ edge: old }: Pick<Line, "edge">, edge: Edge): PlanEdit {
	return (plan) =>
		old === undefined ? connect(plan, edge, catalog) : reconnect(plan, { edge: old, to: edge }, catalog);
}

/** Whether this connection makes branches meet that did not meet there before. */
export function meetsAnother(plan: Plan, edge: Edge): boolean {
	return plan.edges.filter(({ to }) => to === edge.to).length === 2;
}
