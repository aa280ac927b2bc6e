import { CopyPlus, MousePointer2, Power, Trash2 } from "lucide-react";
import { nextInDirection } from "@/components/canvas/walk-edges";
import { countOf } from "@/server/nodes/summary-text";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import type { NodeId } from "@/server/plan/plan";
import { duplicateBeside, removeSelection } from "../canvas/clip-steps";
import { currentNodes, focusedNode } from "../canvas/show-node";
import type { Workbench } from "../workbench";
import type { Action } from "./action";
import { whyNoSteps, whyNothingSelected } from "./reasons";

/** Selecting, and what is done to the selected steps together. */
export function selectionActions(bench: Workbench): Action[] {
	const nothing = () => whyNothingSelected(bench);
	return [
		{
			id: "duplicate",
			title: "Duplicate",
			group: "Edit",
			Icon: CopyPlus,
			keys: "mod+d",
			reason: nothing,
			run: () => duplicateSelection(bench),
		},
		{
			id: "remove",
			title: "Remove",
			group: "Edit",
			Icon: Trash2,
			keys: "delete",
			reason: nothing,
			run: () => removeSelected(bench),
		},
		{
			id: "select-all",
			title: "Select all steps",
			group: "Edit",
			Icon: MousePointer2,
			keys: "mod+a",
			run: () => selectAll(bench),
		},
		{
			id: "disable",
			title: "Disable or enable",
			group: "Edit",
			Icon: Power,
			keys: "d",
			reason: () => whyNoSteps(bench),
			run: () => toggleDisabled(bench),
		},
	];
}

function selectAll({ editor, say }: Workbench): void {
	const { plan, select } = editor.getState();
	select({ nodes: plan.nodes.map(({ id }) => id), notes: plan.notes.map(({ id }) => id) });
	say(`Selected ${countOf(plan.nodes.length, "step")}.`);
}

export function duplicateSelection(bench: Workbench): void {
	const { drawing } = bench.state.getState();
	const { notes } = bench.editor.getState().selection;
	const nodes = currentNodes(bench);
	const edit = duplicateBeside(drawing, { nodes, notes });
	if (bench.editor.getState().apply("Duplicate", edit, { select: "added" })) {
		bench.say(`Duplicated ${countOf(nodes.length + notes.length, "step")}.`);
	}
}

export function removeSelected(bench: Workbench): void {
	const { selection, apply, plan } = bench.editor.getState();
	const nodes = currentNodes(bench);
	const neighbour = neighbourOf(bench, nodes);
	const next = neighbour === undefined ? {} : { select: { nodes: [neighbour] } };
	if (!apply("Remove", removeSelection({ ...selection, nodes }), next)) return;
	const names = plan.nodes.filter(({ id }) => nodes.includes(id)).map(({ name }) => name);
	const { edges } = selection;
	if (names.length === 0 && edges.length > 0)
		bench.say(edges.length === 1 ? "Removed a connection." : `Removed ${edges.length} connections.`);
	else bench.say(names.length === 1 ? `Removed ${names[0]}.` : `Removed ${countOf(names.length, "step")}.`);
}

/** Whoever removes the step that has the focus goes on from the one before it, or after it. */
function neighbourOf({ state }: Workbench, gone: readonly NodeId[]): NodeId | undefined {
	const focused = focusedNode();
	if (focused === undefined || !gone.includes(focused)) return undefined;
	const { drawing } = state.getState();
	const around = [nextInDirection(drawing, focused, "left"), nextInDirection(drawing, focused, "right")];
	return around.find((id) => id !== undefined && !gone.includes(id));
}

export function toggleDisabled(bench: Workbench): void {
	const { plan, apply } = bench.editor.getState();
	const ids = currentNodes(bench);
	const disabled = plan.nodes.some((node) => ids.includes(node.id) && !node.disabled);
	apply(disabled ? "Disable" : "Enable", (before) => setNodeFields(before, ids, { disabled }));
	bench.say(disabled ? "Disabled: runs skip it." : "Enabled.");
}
