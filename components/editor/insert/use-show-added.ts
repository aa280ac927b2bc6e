"use client";

import { useCallback } from "react";
import type { NodeId } from "@/server/plan/plan";
import { useShowNode } from "../canvas/show-node";
import { focusMissingField } from "../inspector/focus-field";

/** How somebody chose what is added. */
export type AddedBy = "pointer" | "key";

/** Shows a step that was just added. Who pointed goes on in what it lacks; who pressed keys stays on the canvas. */
export function useShowAdded(): (id: NodeId, by: AddedBy) => void {
	const show = useShowNode();
	return useCallback(
		(id, by) => {
			show(id);
			if (by === "pointer") focusMissingField(id);
		},
		[show],
	);
}
