import { countOf } from "@/server/nodes/summary-text";
import { edgeKey } from "@/server/plan/edits/edge-key";
import { type GraphNode, indexPlan, nameOfNode, type PlanIndex } from "@/server/plan/graph/index-plan";
import { diffPlans, type FieldChange, type ItemsDiff } from "@/server/plan/merge/diff-plan";
import type { Edge, Plan } from "@/server/plan/plan";
import { lowerFirst } from "@/server/plan/values/lower-first";
import { formatValue, planFieldLabel, stepFieldLabel } from "./field-text";

export type ChangeKind = "added" | "changed" | "removed";

/** One row of a list of changes. */
export interface PlanChange {
	/** Unlike that of any other change between the same plans. */
	key: string;
	kind: ChangeKind;
	of: "node" | "edge" | "input" | "triggers" | "settings" | "note";
	/** The id of the step or note, the name of the input, the connection's key; "" for the plan itself. */
	id: string;
	title: string;
	/** What changed, in a few words that begin with a capital: `New step after Install`, `Command, timeout`. */
	detail: string;
	fields: readonly FieldChange[];
	/** Of a connection. */
	edge?: Edge;
}

/** What changed from one plan to another, a row for each thing, in the order of the plan. Moves are no change. */
export function listChanges(before: Plan, after: Plan): PlanChange[] {
	const diff = diffPlans(before, after);
	const sides = { before: indexPlan(before), after: indexPlan(after) };
	return [
		...listSteps(sides, diff.nodes),
		...listEdges(sides, diff.edges, diff.nodes),
		...listItems("input", diff.inputs, (name) => `Input ${name}`),
		...listWhole("triggers", "Triggers", diff.triggers),
		...listWhole("settings", "Settings", diff.settings),
		...listItems("note", diff.notes, () => "Note"),
	];
}

interface Sides {
	before: PlanIndex;
	after: PlanIndex;
}

function listSteps({ before, after }: Sides, { added, changed, removed }: ItemsDiff): PlanChange[] {
	const isNew = new Set(added);
	const isGone = new Set(removed);
	const now = [...after.nodes.values()].flatMap(({ node, ...place }): PlanChange[] => {
		const of = { key: `node:${node.id}`, of: "node", id: node.id, title: node.name } as const;
		if (isNew.has(node.id)) return [{ ...of, kind: "added", detail: placeOf(after, place), fields: [] }];
		const fields = changed.get(node.id);
		if (!fields) return [];
		return [
			{ ...of, kind: "changed", detail: nameFields(fields, (field) => stepFieldLabel(node.type, field)), fields },
		];
	});
	const gone = [...before.nodes.values()].flatMap(({ id, node, incoming, outgoing }): PlanChange[] => {
		if (!isGone.has(id)) return [];
		const detail = lostConnections(incoming.length + outgoing.length);
		return [{ key: `node:${id}`, of: "node", id, title: node.name, kind: "removed", detail, fields: [] }];
	});
	return [...now, ...gone];
}

function placeOf(graph: PlanIndex, { parent, incoming: [before] }: Omit<GraphNode, "node">): string {
	if (before) return `New step after ${nameOfNode(graph, before.from)}`;
	return parent === "" ? "New step" : `New step in ${nameOfNode(graph, parent)}`;
}

function lostConnections(count: number): string {
	if (count === 0) return "Removed";
	return count === 1 ? "And its connection" : `And its ${countOf(count, "connection")}`;
}

/** Connections of added or removed steps are listed with the step. */
function listEdges(
	{ before, after }: Sides,
	edges: { added: Edge[]; removed: Edge[] },
	nodes: ItemsDiff,
): PlanChange[] {
	const told = new Set([...nodes.added, ...nodes.removed]);
	const list = (graph: PlanIndex, of: Edge[], kind: "added" | "removed") =>
		of.flatMap((edge): PlanChange[] => {
			if (told.has(edge.from) || told.has(edge.to)) return [];
			const id = edgeKey(edge);
			const detail = kind === "added" ? "New connection" : "Connection removed";
			return [{ key: `edge:${id}`, of: "edge", id, kind, title: titleOfEdge(graph, edge), detail, fields: [], edge }];
		});
	return [...list(after, edges.added, "added"), ...list(before, edges.removed, "removed")];
}

function titleOfEdge(graph: PlanIndex, { from, to }: Edge): string {
	return `${nameOfNode(graph, from)} → ${nameOfNode(graph, to)}`;
}

function listItems(of: "input" | "note", diff: ItemsDiff, titleOf: (id: string) => string): PlanChange[] {
	const row = (id: string, kind: ChangeKind, fields: readonly FieldChange[]): PlanChange => {
		const detail = { added: "New", changed: nameFields(fields, planFieldLabel), removed: "Removed" }[kind];
		return { key: `${of}:${id}`, of, id, kind, title: titleOf(id), detail, fields };
	};
	return [
		...diff.added.map((id) => row(id, "added", [])),
		...[...diff.changed].map(([id, fields]) => row(id, "changed", fields)),
		...diff.removed.map((id) => row(id, "removed", [])),
	];
}

function listWhole(of: "triggers" | "settings", title: string, fields: readonly FieldChange[]): PlanChange[] {
	if (fields.length === 0) return [];
	return [{ key: of, of, id: "", kind: "changed", title, detail: nameFields(fields, planFieldLabel), fields }];
}

/** One field with both its values; several by their names alone. */
function nameFields(fields: readonly FieldChange[], labelOf: (field: string) => string): string {
	const [only] = fields;
	if (only && fields.length === 1) {
		const { field, before, after } = only;
		return `${labelOf(field)}: ${formatValue(before, field)} → ${formatValue(after, field)}`;
	}
	return [...new Set(fields.map(({ field }) => labelOf(field)))]
		.map((label, index) => (index === 0 ? label : lowerFirst(label)))
		.join(", ");
}

/** `2 added`, `1 changed`; kinds that do not occur are left out. */
export function countChanges(changes: readonly PlanChange[]): { kind: ChangeKind; count: number }[] {
	const kinds = ["added", "changed", "removed"] as const;
	const counts = kinds.map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }));
	return counts.filter(({ count }) => count > 0);
}
