"use client";

import { useEffect, useRef, useState } from "react";
import { catalog } from "@/server/nodes/catalog";
import { followName, idOfName } from "@/server/plan/edits/follow-name";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import { type NodeId, PLAN_LIMITS } from "@/server/plan/plan";
import { type EditorStore, useEditorStore } from "../editor-store";
import type { Selection } from "../history";
import { useNodeId } from "./node-fields";

interface Naming {
	/** What is being typed; null while nobody types. */
	typed: string | null;
	isRefused: boolean;
	write(text: string): void;
	/** Ends the typing: the id follows the name. Returns the id that the step has now; undefined when nothing was typed. */
	settle(): NodeId | undefined;
}

/** The name of a step is written while it is typed; its id follows once it is whole, as part of the same edit. */
export function useNaming(): Naming {
	const id = useNodeId();
	const store = useEditorStore();
	const [typed, setTyped] = useState<string | null>(null);
	/** The step, and its name before it was typed over. */
	const begun = useRef<{ id: NodeId; before: string } | null>(null);
	const end = useRef(() => {
		const naming = begun.current;
		begun.current = null;
		return naming ? settleName(store, naming) : undefined;
	});
	// Whoever goes to another step leaves this field without its hearing of it.
	useEffect(() => () => void end.current(), []);
	return {
		typed,
		isRefused: typed !== null && (typed.trim() === "" || typed.length > PLAN_LIMITS.name),
		write(text) {
			setTyped(text);
			const { plan, apply } = store.getState();
			begun.current ??= { id, before: plan.nodes.find((node) => node.id === id)?.name ?? "" };
			apply("Rename", (before) => setNodeFields(before, [id], { name: text }), { coalesce: keyOf(id) });
		},
		settle() {
			setTyped(null);
			const settled = end.current();
			store.getState().seal();
			return settled;
		},
	};
}

function keyOf(id: NodeId): string {
	return `${id} name`;
}

function settleName(store: EditorStore, naming: { id: NodeId; before: string }): NodeId {
	const { plan, selection, apply } = store.getState();
	const to = idOfName(plan, naming, catalog);
	apply("Rename", (before) => followName(before, naming, catalog), {
		coalesce: keyOf(naming.id),
		isEnd: true,
		select: selectRenamed(selection, naming.id, to),
	});
	return to;
}

/** What is selected stays selected under its new id. */
export function selectRenamed({ nodes, notes }: Selection, from: NodeId, to: NodeId): Partial<Selection> {
	return { nodes: nodes.map((id) => (id === from ? to : id)), notes };
}
