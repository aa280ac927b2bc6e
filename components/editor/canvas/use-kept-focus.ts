"use client";

import { type RefObject, useEffect } from "react";
import { useEditorSession, useSessionState } from "../editor-session";
import { focusedNode, useShowNode } from "./show-node";

/** When the step that has the focus goes away, the focus goes to the selected one, or to the canvas: never off the page. */
export function useKeptFocus(frame: RefObject<HTMLElement | null>): void {
	const { editor } = useEditorSession();
	const { layout } = useSessionState((state) => state.drawing);
	const show = useShowNode();
	useEffect(() => {
		const focused = focusedNode();
		if (focused === undefined || layout.nodes.has(focused)) return;
		frame.current?.focus({ preventScroll: true });
		const [first] = editor.getState().selection.nodes;
		if (first !== undefined) show(first);
	}, [layout, frame, editor, show]);
}
