import { ClipboardCopy, ClipboardPaste, Scissors } from "lucide-react";
import type { Point } from "@/components/canvas/geometry";
import { showError } from "@/components/ui/toaster";
import { copySelection, pasteText, removeSelection } from "../canvas/clip-steps";
import type { Workbench } from "../workbench";
import type { Action } from "./action";
import { whyNothingSelected } from "./reasons";

/** Copying, cutting and pasting from the command palette and buttons; the keys are the browser's own. */
export function clipboardActions(bench: Workbench, middle: () => Point): Action[] {
	const { editor } = bench;
	const nothing = () => whyNothingSelected(bench);
	return [
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
	];
}

function copyToClipboard(bench: Workbench): void {
	const text = copySelection(bench);
	if (text === undefined) return;
	navigator.clipboard
		.writeText(text)
		.catch(() => showError("The browser blocks pasting from a menu. Use the keyboard shortcut."));
}

export function pasteFromClipboard(bench: Workbench, middle: Point): void {
	navigator.clipboard.readText().then(
		(text) => pasteOrTell(bench, text, middle),
		() => showError("The browser blocks pasting from a menu. Use the keyboard shortcut."),
	);
}

export function pasteOrTell(bench: Workbench, text: string, middle: Point): void {
	const { problem } = pasteText(bench, text, middle);
	if (problem !== undefined) showError(problem);
}
