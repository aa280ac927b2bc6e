"use client";

import { useCallback, useMemo, useState } from "react";
import type { EditorView } from "./panels/view-switch";

/** What is shown of the workflow, and what waits to be answered. */
export interface EditorViews {
	view: EditorView;
	/** A file that was dropped on the page, to be looked at as YAML. */
	dropped: { text: string } | undefined;
	/** Changes in the YAML that are not applied yet. */
	unapplied: number;
	isPublishing: boolean;
	/** What is asked about the workflow as a whole. */
	asking: "rename" | "share" | "delete" | { exported: "draft" | number } | null;
	/** The version that is compared with the draft. */
	comparing: number | null;
	/** Both drafts are to be merged, once there are two. */
	wantsMerge: boolean;
	/** Words are being turned into steps, in the place of the inspector. */
	describing: boolean;
	change: (changes: Partial<Omit<EditorViews, "change">>) => void;
}

export function useEditorViews(): EditorViews {
	const [views, setViews] = useState<Omit<EditorViews, "change">>({
		view: "canvas",
		dropped: undefined,
		unapplied: 0,
		isPublishing: false,
		asking: null,
		comparing: null,
		wantsMerge: false,
		describing: false,
	});
	const change = useCallback<EditorViews["change"]>((changes) => setViews((before) => ({ ...before, ...changes })), []);
	return useMemo(() => ({ ...views, change }), [views, change]);
}
