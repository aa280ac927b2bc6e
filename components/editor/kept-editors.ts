import type { Viewport } from "@xyflow/react";
import type { Outputs } from "@/components/trpc/types";
import { createEditorStore, type EditorStore, isUnsaved } from "./editor-store";

/** The last viewport of the canvas; undefined until it has been shown. */
export interface LastView {
	current?: Viewport | undefined;
}

interface KeptEditor {
	store: EditorStore;
	view: LastView;
}

const MAX_COUNT = 10;

/** For the lifetime of the page, by workflow: after a visit to a run, undo and the viewport are still there. */
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
	for (const oldest of kept.keys()) if (kept.size > MAX_COUNT) kept.delete(oldest);
	return editor;
}
