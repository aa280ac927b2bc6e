"use client";

import { useStoreApi } from "@xyflow/react";
import { useCallback } from "react";
import { NODE } from "@/components/canvas/drawing/geometry";
import type { NodeType } from "@/server/nodes/catalog";
import { type EditorSession, useEditorSession } from "../editor-session";
import { addStep } from "./add-step";
import { placeAfter, type StepPlace } from "./insert-step";
import { useShowAdded } from "./use-show-added";

/** Adds a step without pointing anywhere: behind the selected one, else in the middle of what is in view. */
export function useAddFromPalette(): (type: NodeType) => void {
	const session = useEditorSession();
	const show = useShowAdded();
	const store = useStoreApi();
	return useCallback(
		(type) => {
			const { transform, width, height } = store.getState();
			const [x, y, zoom] = transform;
			const middle = { x: (width / 2 - x) / zoom - NODE.width / 2, y: (height / 2 - y) / zoom - NODE.height / 2 };
			const added = addStep(session, findPlace(session) ?? { kind: "at", at: middle }, { type });
			if (added !== undefined) show(added);
		},
		[session, show, store],
	);
}

/** On an empty canvas the first step goes behind the triggers. */
function findPlace({ editor, state }: EditorSession): StepPlace | undefined {
	const { nodes } = editor.getState().selection;
	const { drawing } = state.getState();
	if (drawing.layout.nodes.size === 0) return { kind: "at", at: { x: 0, y: 0 } };
	return placeAfter(drawing, nodes.length === 1 ? nodes[0] : undefined);
}
