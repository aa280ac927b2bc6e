"use client";

import { useCallback } from "react";
import type { NodeId } from "@/server/plan/plan";
import { useShowNode } from "../canvas/show-node";
import { useEditorSession } from "../editor-session";

/** Shows a step that was just added, and opens its form with the caret in the first field that is empty. */
export function useShowAdded(): (id: NodeId) => void {
	const { state } = useEditorSession();
	const show = useShowNode();
	return useCallback(
		(id) => {
			show(id, { focus: false });
			state.setState({ opening: { id, tab: "configure" } });
		},
		[show, state],
	);
}
