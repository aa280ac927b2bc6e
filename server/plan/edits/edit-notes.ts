import type { Note, Plan, Position } from "../plan";
import { isSameJson } from "../values/same-json";
import { roundPosition } from "./change-nodes";
import { cleanText } from "./clean-json";
import { newId } from "./new-id";

/** Puts a note on the canvas; its id is made unless a free one is given. */
export function addNote(
	plan: Plan,
	{ id, text, position }: { id?: string | undefined; text: string; position: Position },
): Plan {
	if (plan.notes.length >= MAX_NOTES) return plan;
	const taken = new Set(plan.notes.map((note) => note.id));
	const note = settle({ id: newId(id ?? "note", taken), text, position, width: 208, height: 60 });
	return { ...plan, notes: [...plan.notes, note] };
}

/** Writes, moves or resizes a note. Sizes are kept within what a note may have. */
export function updateNote(plan: Plan, wanted: string, changes: Partial<Omit<Note, "id">>): Plan {
	let isChanged = false;
	const notes = plan.notes.map((note) => {
		if (note.id !== wanted) return note;
		const changed = settle({ ...note, ...changes });
		if (isSameJson(changed, note)) return note;
		isChanged = true;
		return changed;
	});
	return isChanged ? { ...plan, notes } : plan;
}

export function removeNotes(plan: Plan, ids: Iterable<string>): Plan {
	const gone = new Set(ids);
	const notes = plan.notes.filter(({ id }) => !gone.has(id));
	return notes.length === plan.notes.length ? plan : { ...plan, notes };
}

/** Moves notes by a distance. */
export function moveNotes(plan: Plan, ids: Iterable<string>, by: Position): Plan {
	const moved = new Set(ids);
	return plan.notes.reduce((after, { id, position }) => {
		if (!moved.has(id)) return after;
		return updateNote(after, id, { position: { x: position.x + by.x, y: position.y + by.y } });
	}, plan);
}

function settle({ id, text, position, width, height }: Note): Note {
	return {
		id,
		text: cleanText(text).slice(0, MAX_TEXT),
		position: roundPosition(position),
		width: clamp(width, 80),
		height: clamp(height, 40),
	};
}

function clamp(size: number, least: number): number {
	return Number.isFinite(size) ? Math.min(1_200, Math.max(least, Math.round(size))) : least;
}

const MAX_TEXT = 4_000;
export const MAX_NOTES = 500;
