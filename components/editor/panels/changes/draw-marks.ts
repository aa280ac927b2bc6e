import { type Drawing, drawPlan } from "@/components/canvas/drawing/draw-plan";
import { TRIGGER_ID } from "@/components/canvas/drawing/edge-ends";
import { type EdgeKey, edgeKey } from "@/server/plan/edits/edge-key";
import type { Plan } from "@/server/plan/plan";
import { joinPlans } from "./join-plans";
import type { ChangeKind, PlanChange } from "./list-changes";

/** What a node's badge says: what happened by its icon and colour, and a word or a count. */
export interface NodeMark {
	kind: ChangeKind | "conflict";
	word: string;
}

/** How two plans differ, as the canvas shows it. The card of triggers stands under its own id. */
export interface PlanMarks {
	nodes: ReadonlyMap<string, NodeMark>;
	edges: ReadonlyMap<EdgeKey, "added" | "removed">;
}

/** The marks of a comparison: `new`, `gone`, or the number of fields that changed. */
export function markChanges(before: Plan, after: Plan, changes: readonly PlanChange[]): PlanMarks {
	const nodes = new Map<string, NodeMark>();
	let onTriggers = 0;
	for (const { of, id, kind, fields } of changes) {
		const changed = { changed: String(fields.length), added: "new", removed: "gone" }[kind];
		if (of === "node") nodes.set(id, { kind, word: changed });
		if (of === "input" || of === "triggers") onTriggers += 1;
	}
	if (onTriggers > 0) nodes.set(TRIGGER_ID, { kind: "changed", word: String(onTriggers) });
	return { nodes, edges: markEdges(before, after) };
}

export function markEdges(before: Plan, after: Plan): Map<EdgeKey, "added" | "removed"> {
	const [old, now] = [new Set(before.edges.map(edgeKey)), new Set(after.edges.map(edgeKey))];
	const added = [...now].filter((key) => !old.has(key)).map((key) => [key, "added"] as const);
	const removed = [...old].filter((key) => !now.has(key)).map((key) => [key, "removed"] as const);
	return new Map([...added, ...removed]);
}

/** Both plans in one drawing, what is marked in its colours; the edges have the names of their connections. */
export function drawMarks(before: Plan, after: Plan, marks: PlanMarks): Drawing {
	const drawing = drawPlan(joinPlans(before, after));
	const { nodes, edges } = drawing.flow;
	const flow = {
		nodes: nodes.map((node) => withClass(node, marks.nodes.get(node.id)?.kind)),
		edges: edges.map((edge) => withClass(edge, marks.edges.get(edge.id))),
	};
	return { ...drawing, flow };
}

function withClass<Element extends { className?: string }>(element: Element, kind: string | undefined): Element {
	return kind === undefined ? element : { ...element, className: `marked-${kind}` };
}
