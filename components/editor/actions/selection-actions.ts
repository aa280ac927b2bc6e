import { CopyPlus, MousePointer2, Power, Trash2 } from "lucide-react";
import { nextInDirection } from "@/components/canvas/walk-edges";
import { countOf } from "@/server/nodes/summary-text";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import type { NodeId } from "@/server/plan/plan";
import { duplicateBeside, removeSelection } from "../canvas/clip-steps";
import { currentNodes, focusedNode } from "../canvas/show-node";
import type { EditorSession } from "../editor-session";
import type { Action, ActionTarget } from "./action";
import { whyNoSteps, whyNothingSelected } from "./reasons";

/** Selecting, and what is done to the selected steps together. */
export function selectionActions(session: EditorSession): Action[] {
	const nothing = (target?: ActionTarget) => whyNothingSelected(session, target);
	return [
		{
			id: "duplicate",
			title: "Duplicate",
			group: "Edit",
			Icon: CopyPlus,
			keys: "mod+d",
			reason: nothing,
			run: (target) => duplicateSelection(session, target),
		},
		{
			id: "remove",
			title: "Remove",
			group: "Edit",
			Icon: Trash2,
			keys: "delete",
			isDanger: true,
			reason: nothing,
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

function selectAll({ editor, announce }: EditorSession): void {
	const { plan, select } = editor.getState();
	select({ nodes: plan.nodes.map(({ id }) => id), notes: plan.notes.map(({ id }) => id) });
	announce(`Selected ${countOf(plan.nodes.length, "step")}.`);
}

function duplicateSelection(session: EditorSession, target?: ActionTarget): void {
	const { drawing } = session.state.getState();
	const notes = target?.nodes ? [] : session.editor.getState().selection.notes;
	const nodes = currentNodes(session, target);
	const edit = duplicateBeside(drawing, { nodes, notes });
	if (session.editor.getState().apply("Duplicate", edit, { select: "added" })) {
		session.announce(`Duplicated ${countOf(nodes.length + notes.length, "step")}.`);
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
	if (names.length === 0 && edges.length > 0)
		session.announce(edges.length === 1 ? "Removed a connection." : `Removed ${edges.length} connections.`);
	else session.announce(names.length === 1 ? `Removed ${names[0]}.` : `Removed ${countOf(names.length, "step")}.`);
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
	apply(disabled ? "Disable" : "Enable", (before) => setNodeFields(before, ids, { disabled }));
	session.announce(disabled ? "Disabled: runs skip it." : "Enabled.");
}
