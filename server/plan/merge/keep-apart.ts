import { newId } from "../edits/new-id";
import type { Definitions } from "../edits/plan-edit";
import { renameNode } from "../edits/rename-node";
import type { NodeId, Plan, PlanNode } from "../plan";
import { isSameJson } from "../values/same-json";
import type { Versions } from "./merge-conflict";

/**
 * Ids are made from types, so two people easily give the same one to two different new steps. Mine gets another; what
 * refers to it follows. New steps that are the same in everything, their place too, are one step.
 * @param isSame whether two new steps of one id are meant to be one: then they are merged like any other
 */
export function keepApart(
	{ base, mine, theirs }: Versions<Plan>,
	definitions: Definitions,
	isSame: (mine: PlanNode, theirs: PlanNode) => boolean = isSameJson,
): { mine: Plan; renamed: ReadonlyMap<NodeId, NodeId> } {
	const old = new Set(base.nodes.map(({ id }) => id));
	const others = new Map(theirs.nodes.map((node) => [node.id, node]));
	const taken = new Set([...old, ...others.keys(), ...mine.nodes.map(({ id }) => id)]);
	const renamed = new Map<NodeId, NodeId>();
	for (const node of mine.nodes) {
		const other = others.get(node.id);
		if (old.has(node.id) || !other || isSame(node, other)) continue;
		const id = newId(node.id, taken);
		taken.add(id);
		renamed.set(node.id, id);
	}
	const apart = [...renamed].reduce((plan, [from, to]) => renameNode(plan, { from, to }, definitions), mine);
	return { mine: { ...apart, notes: keepNotesApart({ base, mine, theirs }) }, renamed };
}

/** What a step says, wherever it stands on the canvas. */
export function meaningOf({ position: _, disabled, ...node }: PlanNode): object {
	return { ...node, ...(disabled && { disabled }) };
}

function keepNotesApart({ base, mine, theirs }: Versions<Plan>): Plan["notes"] {
	const old = new Set(base.notes.map(({ id }) => id));
	const others = new Map(theirs.notes.map((note) => [note.id, note]));
	const taken = new Set([...old, ...others.keys(), ...mine.notes.map(({ id }) => id)]);
	return mine.notes.map((note) => {
		const other = others.get(note.id);
		if (old.has(note.id) || !other || isSameJson(note, other)) return note;
		const id = newId(note.id, taken);
		taken.add(id);
		return { ...note, id };
	});
}
