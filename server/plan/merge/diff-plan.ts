import { samePosition } from "../edits/change-nodes";
import { edgeKey } from "../edits/edge-key";
import type { Edge, Plan } from "../plan";
import { isObject } from "../values/json";
import { isSameJson, ownValue } from "../values/same-json";

/** A field that two plans have differently; `undefined` where one has none. */
export interface FieldChange {
	/** As in an issue: `config.command`, `retry.maxAttempts`. */
	field: string;
	before: unknown;
	after: unknown;
}

/** What became of a list of things with ids. */
export interface ItemsDiff {
	added: string[];
	removed: string[];
	changed: ReadonlyMap<string, FieldChange[]>;
}

export interface PlanDiff {
	/** Steps by id. One that only stands elsewhere on the canvas is among `moved`, not among `changed`. */
	nodes: ItemsDiff & { moved: string[] };
	edges: { added: Edge[]; removed: Edge[] };
	notes: ItemsDiff & { moved: string[] };
	/** Inputs by name. */
	inputs: ItemsDiff;
	triggers: FieldChange[];
	settings: FieldChange[];
}

/** What changed from one plan to another: for the canvas, for lists of changes, and for the text of a version. */
export function diffPlans(before: Plan, after: Plan): PlanDiff {
	return {
		nodes: diffPlaced(before.nodes, after.nodes),
		edges: { added: edgesOnlyIn(after, before), removed: edgesOnlyIn(before, after) },
		notes: diffPlaced(before.notes, after.notes),
		inputs: diffItems(before.inputs, after.inputs, ({ name }) => name),
		triggers: diffFields({ triggers: before.triggers }, { triggers: after.triggers }),
		settings: diffFields(before.settings, after.settings),
	};
}

/** Whether the plans do the same: where things stand and what notes say is no difference. */
export function isSamePlan({ nodes, edges, inputs, triggers, settings }: PlanDiff): boolean {
	const counts = [countItems(nodes), edges.added.length, edges.removed.length, countItems(inputs)];
	return [...counts, triggers.length, settings.length].every((count) => count === 0);
}

function countItems({ added, removed, changed }: ItemsDiff): number {
	return added.length + removed.length + changed.size;
}

interface Placed {
	id: string;
	position: { x: number; y: number };
}

function diffPlaced<Item extends Placed>(before: readonly Item[], after: readonly Item[]) {
	const items = diffItems(before.map(withoutPosition), after.map(withoutPosition), ({ id }) => id);
	const old = new Map(before.map((item) => [item.id, item]));
	const moved = after.flatMap((item) => {
		const known = old.get(item.id);
		const isMoved = known && !items.changed.has(item.id) && !samePosition(known.position, item.position);
		return isMoved ? [item.id] : [];
	});
	return { ...items, moved };
}

function withoutPosition<Item extends Placed>({ position: _, ...item }: Item): Omit<Item, "position"> {
	return item;
}

function diffItems<Item extends object>(
	before: readonly Item[],
	after: readonly Item[],
	idOf: (item: Item) => string,
): ItemsDiff {
	const old = new Map(before.map((item) => [idOf(item), item]));
	const now = new Map(after.map((item) => [idOf(item), item]));
	const changed = new Map<string, FieldChange[]>();
	for (const [id, item] of now) {
		const known = old.get(id);
		const fields = known ? diffFields(known, item) : [];
		if (fields.length > 0) changed.set(id, fields);
	}
	return {
		added: [...now.keys()].filter((id) => !old.has(id)),
		removed: [...old.keys()].filter((id) => !now.has(id)),
		changed,
	};
}

/** Field by field, as deep as there are objects; a list is one value. */
export function diffFields(before: object, after: object, path: readonly string[] = []): FieldChange[] {
	const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
	return [...keys].flatMap((key) => {
		const [old, now] = [ownValue(before, key), ownValue(after, key)];
		if (isSameJson(old, now)) return [];
		const inner = [...path, key];
		if (isObject(old) && isObject(now)) return diffFields(old, now, inner);
		return [{ field: inner.join("."), before: old, after: now }];
	});
}

function edgesOnlyIn(plan: Plan, other: Plan): Edge[] {
	const known = new Set(other.edges.map(edgeKey));
	return plan.edges.filter((edge) => !known.has(edgeKey(edge)));
}
