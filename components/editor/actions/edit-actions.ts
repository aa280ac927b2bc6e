import {
	ClipboardCopy,
	ClipboardPaste,
	CopyPlus,
	MousePointer2,
	Power,
	Redo2,
	Scissors,
	Trash2,
	Undo2,
} from "lucide-react";
import type { Point } from "@/components/canvas/geometry";
import { nextInDirection } from "@/components/canvas/walk-threads";
import { showError } from "@/components/ui/toaster";
import { catalog } from "@/server/nodes/catalog";
import { countOf } from "@/server/nodes/summary-text";
import { duplicateNodes } from "@/server/plan/edits/paste-nodes";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import type { NodeId } from "@/server/plan/plan";
import { copySelection, pasteText, removeSelection } from "../canvas/clip-steps";
import { currentNodes, focusedNode } from "../canvas/show-node";
import { settlePlaces } from "../moving/settle-places";
import type { Workbench } from "../workbench";
import type { Action } from "./action";
import { ALIGNMENTS, alignSelection } from "./align-actions";

/** Undo, the clipboard, and what is done to the selected steps together. */
export function editActions(bench: Workbench, middle: () => Point): Action[] {
	const { editor } = bench;
	const nothing = () => (isAnySelected(bench) ? undefined : "nothing is selected");
	return [
		...historyActions(bench),
		{
			id: "copy",
			title: "Copy",
			group: "Edit",
			Icon: ClipboardCopy,
			keys: "mod+c",
			heardElsewhere: true,
			reason: nothing,
			run: () => copyToClipboard(bench),
		},
		{
			id: "cut",
			title: "Cut",
			group: "Edit",
			Icon: Scissors,
			keys: "mod+x",
			heardElsewhere: true,
			reason: nothing,
			run: () => {
				copyToClipboard(bench);
				editor.getState().apply("Cut", removeSelection(editor.getState().selection));
			},
		},
		{
			id: "paste",
			title: "Paste",
			group: "Edit",
			Icon: ClipboardPaste,
			keys: "mod+v",
			heardElsewhere: true,
			run: () => pasteFromClipboard(bench, middle()),
		},
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
			run: () => {
				const { plan, select } = editor.getState();
				select({ nodes: plan.nodes.map(({ id }) => id), notes: plan.notes.map(({ id }) => id) });
				bench.say(`Selected ${countOf(plan.nodes.length, "step")}.`);
			},
		},
		{
			id: "disable",
			title: "Disable or enable",
			group: "Edit",
			Icon: Power,
			keys: "d",
			reason: () => (currentNodes(bench).length > 0 ? undefined : "no step is selected"),
			run: () => toggleDisabled(bench),
		},
		...ALIGNMENTS.map(
			({ to, title, Icon }): Action => ({
				id: `align-${to}`,
				title,
				group: "Edit",
				Icon,
				reason: () => (editor.getState().selection.nodes.length > 1 ? undefined : "select two or more steps"),
				run: () => alignSelection(bench, to, title),
			}),
		),
	];
}

function historyActions({ editor, say }: Workbench): Action[] {
	const undo = () => {
		const label = editor.getState().undo();
		say(label === undefined ? "Nothing to undo." : `Undone: ${label}.`);
	};
	const redo = () => {
		const label = editor.getState().redo();
		say(label === undefined ? "Nothing to redo." : `Redone: ${label}.`);
	};
	const noPast = () => (editor.getState().history.past.length > 0 ? undefined : "nothing to undo");
	const noFuture = () => (editor.getState().history.future.length > 0 ? undefined : "nothing to redo");
	return [
		{
			id: "undo",
			title: "Undo",
			group: "Edit",
			Icon: Undo2,
			keys: "mod+z",
			whileTyping: true,
			reason: noPast,
			run: undo,
		},
		{
			id: "redo",
			title: "Redo",
			group: "Edit",
			Icon: Redo2,
			keys: "mod+shift+z",
			whileTyping: true,
			reason: noFuture,
			run: redo,
		},
	];
}

function isAnySelected(bench: Workbench): boolean {
	const { nodes, edges, notes } = bench.editor.getState().selection;
	return nodes.length + edges.length + notes.length > 0 || currentNodes(bench).length > 0;
}

function copyToClipboard(bench: Workbench): void {
	const text = copySelection(bench);
	if (text === undefined) return;
	navigator.clipboard
		.writeText(text)
		.catch(() => showError("The browser keeps the clipboard closed. Press the key instead."));
}

function pasteFromClipboard(bench: Workbench, middle: Point): void {
	navigator.clipboard.readText().then(
		(text) => pasteOrTell(bench, text, middle),
		() => showError("The browser keeps the clipboard closed. Press the key instead."),
	);
}

export function pasteOrTell(bench: Workbench, text: string, middle: Point): void {
	const { problem } = pasteText(bench, text, middle);
	if (problem !== undefined) showError(problem);
}

export function duplicateSelection(bench: Workbench): void {
	const { drawing } = bench.state.getState();
	const { notes } = bench.editor.getState().selection;
	const nodes = currentNodes(bench);
	const edit = (plan: Parameters<typeof settlePlaces>[0]) =>
		duplicateNodes(settlePlaces(plan, drawing.layout), { nodes, notes, offset: { x: 40, y: 84 } }, catalog);
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
	bench.say(disabled ? "Disabled: runs pass it by." : "Enabled.");
}
