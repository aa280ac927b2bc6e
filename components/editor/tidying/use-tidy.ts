"use client";

import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";
import { motion } from "@/components/canvas/motion";
import { updateNote } from "@/server/plan/edits/edit-notes";
import { setPositions } from "@/server/plan/edits/move-nodes";
import type { Plan } from "@/server/plan/plan";
import { FIT } from "../canvas/fit";
import { useEditorSession } from "../editor-session";
import type { TidyPlaces } from "./tidy-plan";

/** Tidy up, as one edit. Steps that were removed meanwhile are left out. */
export function useTidy(): () => void {
	const session = useEditorSession();
	const flow = useReactFlow();
	return useCallback(() => {
		const worker = new Worker(new URL("./tidy-worker.ts", import.meta.url), { type: "module" });
		worker.onmessage = ({ data }: MessageEvent<TidyPlaces>) => {
			worker.terminate();
			const isChanged = session.editor.getState().apply("Tidy up", (plan) => placeAll(plan, data));
			session.announce(isChanged ? "The steps are arranged." : "Everything is already tidy.");
			requestAnimationFrame(() => void flow.fitView({ ...FIT, ...motion(200) }));
		};
		worker.onerror = ({ message }) => {
			worker.terminate();
			session.announce(`The layout could not be computed: ${message}`);
		};
		worker.postMessage(session.editor.getState().plan);
	}, [session, flow]);
}

function placeAll(plan: Plan, { nodes, notes }: TidyPlaces): Plan {
	const placed = setPositions(plan, new Map(nodes));
	return notes.reduce((after, [id, position]) => updateNote(after, id, { position }), placed);
}
