import { Redo2, Undo2 } from "lucide-react";
import type { EditorSession } from "../editor-session";
import type { Action } from "./action";

/** Undoing and redoing what was done to the plan. */
export function historyActions({ editor, announce }: EditorSession): Action[] {
	const undo = () => {
		const label = editor.getState().undo();
		announce(label === undefined ? "Nothing to undo." : `Undone: ${label}.`);
	};
	const redo = () => {
		const label = editor.getState().redo();
		announce(label === undefined ? "Nothing to redo." : `Redone: ${label}.`);
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
