import { CopyPlus, MousePointer2, Power, Trash2 } from "lucide-react";
import { nextInDirection } from "@/components/canvas/drawing/walk-edges";
import { countOf } from "@/server/nodes/summary-text";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import type { NodeId } from "@/server/plan/plan";
import { countSteps, duplicateBeside, removeSelection, stepsAndNotes } from "../canvas/clip-steps";
import { currentNodes, focusedNode } from "../canvas/show-node";
import type { EditorSession } from "../editor-session";
import type { Selection } from "../history";
import type { Action, ActionTarget } from "./action";
import { whyNoSteps, whyNothingSelected, whyNothingToCopy } from "./reasons";

/** Selecting, and what is done to the selected steps together. */
export function selectionActions(session: EditorSession): Action[] {
	return [
		{
			id: "duplicate",
			title: "Duplicate",
			group: "Edit",
			Icon: CopyPlus,
			keys: "mod+d",
			reason: (target) => whyNothingToCopy(session, target),
			run: (target) => duplicateSelection(session, target),
		},
		{
			id: "remove",
			title: "Remove",
			group: "Edit",
			Icon: Trash2,
			keys: "delete",
			isDanger: true,
			reason: (target) => whyNothingSelected(session, target),
			run: (target) => removeSelected(session, target),
		},
		{
			id: "select-all",
			title: "Select all steps",
			group: "Edit",
			Icon: MousePointer2,
			keys: "mod+a",
			run: () => selectAll(session),
		},
		{
			id: "disable",
			title: "Disable or enable",
			label: (target) => (isAnyEnabled(session, target) ? "Disable" : "Enable"),
			group: "Edit",
			Icon: Power,
			keys: "d",
			reason: (target) => whyNoSteps(session, target),
			run: (target) => toggleDisabled(session, target),
		},
	];
}

/** A closed container stands for what is inside it. */
function selectAll({ editor, state, announce }: EditorSession): void {
	const { plan, select } = editor.getState();
	const drawn = state.getState().drawing.layout.nodes;
	const nodes = plan.nodes.map(({ id }) => id).filter((id) => drawn.has(id));
	const notes = plan.notes.map(({ id }) => id);
	select({ nodes, notes });
	announce(
		nodes.length + notes.length === 0 ? "There is nothing to select." : `Selected ${countSteps({ nodes, notes })}.`,
	);
}

function duplicateSelection(session: EditorSession, target?: ActionTarget): void {
	const { drawing } = session.state.getState();
	const chosen = stepsAndNotes(session, target);
	const edit = duplicateBeside(drawing, chosen);
	if (session.editor.getState().apply("Duplicate", edit, { select: "added" })) {
		session.announce(`Duplicated ${countSteps(chosen)}.`);
	}
}

function removeSelected(session: EditorSession, target?: ActionTarget): void {
	const { selection, apply, plan } = session.editor.getState();
	const nodes = currentNodes(session, target);
	const { edges, notes } = target?.nodes ? ALONE : selection;
	const neighbour = neighbourOf(session, nodes);
	const next = neighbour === undefined ? {} : { select: { nodes: [neighbour] } };
	if (!apply("Remove", removeSelection({ nodes, edges, notes }), next)) return;
	const names = plan.nodes.filter(({ id }) => nodes.includes(id)).map(({ name }) => name);
	session.announce(`Removed ${describeRemoved(names, { edges, notes })}.`);
}

function describeRemoved(names: readonly string[], { notes, edges }: Pick<Selection, "notes" | "edges">): string {
	const [name, ...others] = names;
	if (name !== undefined && others.length + notes.length === 0) return name.trim() || "a step without a name";
	if (names.length + notes.length > 0) return countSteps({ nodes: names, notes });
	return edges.length === 1 ? "a connection" : countOf(edges.length, "connection");
}

const ALONE = { edges: [], notes: [] } as const;

/** Whoever removes the step that has the focus goes on from the one before it, or after it. */
function neighbourOf({ state }: EditorSession, gone: readonly NodeId[]): NodeId | undefined {
	const focused = focusedNode();
	if (focused === undefined || !gone.includes(focused)) return undefined;
	const { drawing } = state.getState();
	const around = [nextInDirection(drawing, focused, "left"), nextInDirection(drawing, focused, "right")];
	return around.find((id) => id !== undefined && !gone.includes(id));
}

function isAnyEnabled(session: EditorSession, target?: ActionTarget): boolean {
	const ids = currentNodes(session, target);
	return session.editor.getState().plan.nodes.some((node) => ids.includes(node.id) && !node.disabled);
}

function toggleDisabled(session: EditorSession, target?: ActionTarget): void {
	const { apply } = session.editor.getState();
	const ids = currentNodes(session, target);
	const disabled = isAnyEnabled(session, target);
	if (!apply(disabled ? "Disable" : "Enable", (before) => setNodeFields(before, ids, { disabled }))) return;
	session.announce(disabled ? "Disabled: runs skip it." : "Enabled.");
}
