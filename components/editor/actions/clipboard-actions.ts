import { ClipboardCopy, ClipboardPaste, Scissors } from "lucide-react";
import type { Point } from "@/components/canvas/drawing/geometry";
import { readClipboard, writeClipboard } from "@/components/ui/clipboard";
import { showError } from "@/components/ui/toasts/toaster";
import { announceCopied, copySelection, cutCopied, pasteText } from "../canvas/clip-steps";
import type { EditorSession } from "../editor-session";
import type { Action } from "./action";
import type { CanvasPoints } from "./canvas-points";
import { whyNothingToCopy } from "./reasons";

/** Copying, cutting and pasting from the command palette and buttons; the keys are the browser's own. */
export function clipboardActions(session: EditorSession, { middle, toCanvas }: CanvasPoints): Action[] {
	const nothing = () => whyNothingToCopy(session);
	return [
		{
			id: "copy",
			title: "Copy",
			group: "Edit",
			Icon: ClipboardCopy,
			keys: "mod+c",
			heardElsewhere: true,
			reason: nothing,
			run: () => copyToClipboard(session, () => announceCopied(session)),
		},
		{
			id: "cut",
			title: "Cut",
			group: "Edit",
			Icon: Scissors,
			keys: "mod+x",
			heardElsewhere: true,
			reason: nothing,
			run: () => copyToClipboard(session, () => cutCopied(session)),
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

/** Goes on only when the browser has taken the text: what is cut must not be lost. */
function copyToClipboard(session: EditorSession, onCopied: () => void): void {
	const text = copySelection(session);
	if (text === undefined) return;
	writeClipboard(text).then(onCopied, () =>
		showError("The browser blocks copying from a menu. Use the keyboard shortcut."),
	);
}

function pasteFromClipboard(session: EditorSession, middle: Point): void {
	readClipboard().then(
		(text) => pasteOrTell(session, text, middle),
		() => showError("The browser blocks pasting from a menu. Use the keyboard shortcut."),
	);
}

export function pasteOrTell(session: EditorSession, text: string, middle: Point): void {
	const { problem } = pasteText(session, text, middle);
	if (problem !== undefined) showError(problem);
}
