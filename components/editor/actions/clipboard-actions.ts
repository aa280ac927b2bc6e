import { ClipboardCopy, ClipboardPaste, Scissors } from "lucide-react";
import type { Point } from "@/components/canvas/geometry";
import { showError } from "@/components/ui/toaster";
import { copySelection, pasteText, removeSelection } from "../canvas/clip-steps";
import type { EditorSession } from "../editor-session";
import type { Action } from "./action";
import type { CanvasPoints } from "./canvas-points";
import { whyNothingSelected } from "./reasons";

/** Copying, cutting and pasting from the command palette and buttons; the keys are the browser's own. */
export function clipboardActions(session: EditorSession, { middle, toCanvas }: CanvasPoints): Action[] {
	const { editor } = session;
	const nothing = () => whyNothingSelected(session);
	return [
		{
			id: "copy",
			title: "Copy",
			group: "Edit",
			Icon: ClipboardCopy,
			keys: "mod+c",
			heardElsewhere: true,
			reason: nothing,
			run: () => copyToClipboard(session),
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
				copyToClipboard(session);
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
			run: (target) => pasteFromClipboard(session, target?.at ? toCanvas(target.at) : middle()),
		},
	];
}

function copyToClipboard(session: EditorSession): void {
	const text = copySelection(session);
	if (text === undefined) return;
	navigator.clipboard
		.writeText(text)
		.catch(() => showError("The browser blocks pasting from a menu. Use the keyboard shortcut."));
}

function pasteFromClipboard(session: EditorSession, middle: Point): void {
	navigator.clipboard.readText().then(
		(text) => pasteOrTell(session, text, middle),
		() => showError("The browser blocks pasting from a menu. Use the keyboard shortcut."),
	);
}

export function pasteOrTell(session: EditorSession, text: string, middle: Point): void {
	const { problem } = pasteText(session, text, middle);
	if (problem !== undefined) showError(problem);
}
