"use client";

import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { PinnedSide } from "@/components/canvas/canvas-store";
import { followRenames, rekey } from "@/server/plan/edits/follow-renames";
import type { NodeId } from "@/server/plan/plan";
import { useEditorSession } from "../../editor-session";
import { type EditorStore, useEditorStore } from "../../editor-store";
import type { InspectorData } from "../inspector-context";
import { pinnedInputsOf } from "./pinned-inputs";

type Pinned = Pick<InspectorData, "team" | "slug" | "pins">;

/** Marks the steps that have pinned data, and keeps the inputs that were written for tries with their steps. */
export function useCanvasPins({ team, slug, pins }: Pinned): void {
	const { canvas } = useEditorSession();
	const editor = useEditorStore();
	const inputs = useStore(pinnedInputsOf(team, slug));
	const pinned = useMemo(() => ({ ...sided(inputs, "input"), ...sided(pins, "output") }), [inputs, pins]);
	useEffect(() => canvas.setState({ pinned }), [canvas, pinned]);
	useEffect(() => followInputs(editor, { team, slug }), [editor, team, slug]);
}

function sided(kept: Readonly<Record<NodeId, unknown>>, side: PinnedSide): Record<NodeId, PinnedSide> {
	return Object.fromEntries(Object.keys(kept).map((id) => [id, side]));
}

function followInputs(editor: EditorStore, { team, slug }: Omit<Pinned, "pins">): () => void {
	const inputs = pinnedInputsOf(team, slug);
	return editor.subscribe((now, before) => {
		if (now.plan === before.plan || Object.keys(inputs.getState()).length === 0) return;
		const renames = followRenames(before.plan, now.plan);
		if (renames.size > 0) inputs.setState(rekey(inputs.getState(), renames), true);
	});
}
