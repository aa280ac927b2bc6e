import type { Viewport } from "@xyflow/react";
import type { Outputs } from "@/components/trpc/types";
import { createEditorStore, type EditorStore, isUnsaved } from "./editor-store";

/** Where the canvas was last looked at; nothing until it has been. */
export interface LastView {
	current?: Viewport | undefined;
}

interface KeptEditor {
	store: EditorStore;
	view: LastView;
}

const MOST = 10;

/** For the life of the page, by workflow: whoever looks at a run and comes back can still undo, and sees the same place. */
const kept = new Map<string, KeptEditor>();

/**
 * The editor of a draft as it was left, unless somebody has saved the draft since, or something was left unsaved. Its last
 * save may be newer than the draft, which was fetched before.
 */
export function openEditor({
	id,
	plan,
	revision,
}: Pick<Outputs["workflows"]["draft"], "id" | "plan" | "revision">): KeptEditor {
	const known = kept.get(id);
	kept.delete(id);
	const isCurrent = known && known.store.getState().saved.revision >= revision && !isUnsaved(known.store.getState());
	const editor = isCurrent ? known : { store: createEditorStore({ saved: { plan, revision } }), view: {} };
	kept.set(id, editor);
	for (const oldest of kept.keys()) if (kept.size > MOST) kept.delete(oldest);
	return editor;
}
