import { CopyPlus, MousePointer2, Power, Trash2 } from "lucide-react";
import { nextInDirection } from "@/components/canvas/walk-edges";
import { countOf } from "@/server/nodes/summary-text";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import type { NodeId } from "@/server/plan/plan";
import { duplicateBeside, removeSelection } from "../canvas/clip-steps";
import { currentNodes, focusedNode } from "../canvas/show-node";
import type { EditorSession } from "../editor-session";
import type { Action } from "./action";
import { whyNoSteps, whyNothingSelected } from "./reasons";

/** Selecting, and what is done to the selected steps together. */
export function selectionActions(session: EditorSession): Action[] {
	const nothing = () => whyNothingSelected(session);
	return [
		{
			id: "duplicate",
			title: "Duplicate",
			group: "Edit",
			Icon: CopyPlus,
			keys: "mod+d",
			reason: nothing,
			run: () => duplicateSelection(session),
		},
		{
			id: "remove",
			title: "Remove",
			group: "Edit",
			Icon: Trash2,
			keys: "delete",
			reason: nothing,
			run: () => removeSelected(session),
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
			group: "Edit",
			Icon: Power,
			keys: "d",
			reason: () => whyNoSteps(session),
			run: () => toggleDisabled(session),
		},
	];
}

function selectAll({ editor, announce }: EditorSession): void {
	const { plan, select } = editor.getState();
	select({ nodes: plan.nodes.map(({ id }) => id), notes: plan.notes.map(({ id }) => id) });
	announce(`Selected ${countOf(plan.nodes.length, "step")}.`);
}

export function duplicateSelection(session: EditorSession): void {
	const { drawing } = session.state.getState();
	const { notes } = session.editor.getState().selection;
	const nodes = currentNodes(session);
	const edit = duplicateBeside(drawing, { nodes, notes });
	if (session.editor.getState().apply("Duplicate", edit, { select: "added" })) {
		session.announce(`Duplicated ${countOf(nodes.length + notes.length, "step")}.`);
	}
}

export function removeSelected(session: EditorSession): void {
	const { selection, apply, plan } = session.editor.getState();
	const nodes = currentNodes(session);
	const neighbour = neighbourOf(session, nodes);
	const next = neighbour === undefined ? {} : { select: { nodes: [neighbour] } };
	if (!apply("Remove", removeSelection({ ...selection, nodes }), next)) return;
	const names = plan.nodes.filter(({ id }) => nodes.includes(id)).map(({ name }) => name);
	const { edges } = selection;
	if (names.length === 0 && edges.length > 0)
		session.announce(edges.length === 1 ? "Removed a connection." : `Removed ${edges.length} connections.`);
	else session.announce(names.length === 1 ? `Removed ${names[0]}.` : `Removed ${countOf(names.length, "step")}.`);
}

/** Whoever removes the step that has the focus goes on from the one before it, or after it. */
function neighbourOf({ state }: EditorSession, gone: readonly NodeId[]): NodeId | undefined {
	const focused = focusedNode();
	if (focused === undefined || !gone.includes(focused)) return undefined;
	const { drawing } = state.getState();
	const around = [nextInDirection(drawing, focused, "left"), nextInDirection(drawing, focused, "right")];
	return around.find((id) => id !== undefined && !gone.includes(id));
}

export function toggleDisabled(session: EditorSession): void {
	const { plan, apply } = session.editor.getState();
	const ids = currentNodes(session);
	const disabled = plan.nodes.some((node) => ids.includes(node.id) && !node.disabled);
	apply(disabled ? "Disable" : "Enable", (before) => setNodeFields(before, ids, { disabled }));
	session.announce(disabled ? "Disabled: runs skip it." : "Enabled.");
}
