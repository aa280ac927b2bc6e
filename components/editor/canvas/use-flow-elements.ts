"use client";

import { type EdgeChange, type NodeChange, useStoreApi } from "@xyflow/react";
import { useCallback, useMemo, useRef } from "react";
import type { Point } from "@/components/canvas/drawing/geometry";
import type { FlowEdge, FlowNode } from "@/components/canvas/drawing/to-flow";
import type { NodeId } from "@/server/plan/plan";
import { useEditorSession, useSessionState } from "../editor-session";
import { useEditor } from "../editor-store";
import type { Selection } from "../history";

/** React Flow's name for a note. */
export const NOTE_PREFIX = "~note-";

/** A drag under way. */
export interface Moving {
	/** Where it has taken steps and notes, by their names on the canvas. */
	places: ReadonlyMap<string, Point>;
	/** The steps that the drag moves; the same object for the whole drag, so that nothing re-renders for it. */
	movedIds: ReadonlySet<NodeId>;
}

/** Raises what is dragged above all that stands still, in its own order. */
const DRAG_Z_INDEX = 100;

/** What React Flow draws: the drawing, what is selected, and where a drag has taken things. The rest keeps its identity. */
export function useFlowElements({ places, movedIds }: Moving): { nodes: FlowNode[]; edges: FlowEdge[] } {
	const flow = useSessionState(({ drawing }) => drawing.flow);
	const selection = useEditor((state) => state.selection);
	const cache = useRef(new Map<string, Shown>());
	const nodes = useMemo(
		() => showNodes(flow.nodes, { selection, places }, cache.current),
		[flow.nodes, selection, places],
	);
	const shown = useMemo(() => showEdges(flow.edges, selection), [flow.edges, selection]);
	const edges = useMemo(() => liftEdges(shown, movedIds), [shown, movedIds]);
	return { nodes, edges };
}

interface Shown {
	base: FlowNode;
	at: Point | undefined;
	node: FlowNode;
}

function showNodes(
	nodes: readonly FlowNode[],
	{ selection, places }: { selection: Selection; places: ReadonlyMap<string, Point> },
	cache: Map<string, Shown>,
): FlowNode[] {
	const selected = new Set([...selection.nodes, ...selection.notes.map((id) => NOTE_PREFIX + id)]);
	return nodes.map((base) => {
		const at = places.get(base.id);
		const isSelected = selected.has(base.id);
		const known = cache.get(base.id);
		if (known?.base === base && known.at === at && known.node.selected === isSelected) return known.node;
		const moved = at && { position: at, zIndex: (base.zIndex ?? 0) + DRAG_Z_INDEX };
		const node: FlowNode = { ...base, selected: isSelected, ...moved };
		cache.set(base.id, { base, at, node });
		return node;
	});
}

/** Above the steps, so that both ends of a selected edge can be taken. */
const ON_TOP = 30;

function showEdges(edges: FlowEdge[], selection: Selection): FlowEdge[] {
	if (selection.edges.length === 0) return edges;
	const selected = new Set(selection.edges);
	return edges.map((edge) => (selected.has(edge.id) ? { ...edge, selected: true, zIndex: ON_TOP } : edge));
}

/** Edges among what is dragged go along, above a container that holds them. */
function liftEdges(edges: FlowEdge[], movedIds: ReadonlySet<NodeId>): FlowEdge[] {
	if (movedIds.size === 0) return edges;
	return edges.map((edge) =>
		movedIds.has(edge.source) && movedIds.has(edge.target)
			? { ...edge, zIndex: (edge.zIndex ?? 0) + DRAG_Z_INDEX }
			: edge,
	);
}

/** Takes over what React Flow selects: by a click, with a modifier, or with the marquee. */
export function useSelecting() {
	const { editor } = useEditorSession();
	const store = useStoreApi();
	const onNodesChange = useCallback(
		(changes: NodeChange<FlowNode>[]) => {
			const { selection, select } = editor.getState();
			const picks = changes.flatMap((change) => (change.type === "select" ? [change] : []));
			if (picks.length === 0) return;
			const isNote = ({ id }: { id: string }) => id.startsWith(NOTE_PREFIX);
			const nodes = applyPicks(
				selection.nodes,
				picks.filter((pick) => !isNote(pick)),
			);
			const notes = applyPicks(
				selection.notes,
				picks.filter(isNote).map(({ id, selected }) => ({ id: id.slice(NOTE_PREFIX.length), selected })),
			);
			select({ ...selection, nodes, notes });
		},
		[editor],
	);
	const onEdgesChange = useCallback(
		(changes: EdgeChange<FlowEdge>[]) => {
			const { selection, select } = editor.getState();
			// A marquee means steps: React Flow would select the edges between them too.
			const { userSelectionActive } = store.getState();
			const picks = changes.flatMap((change) =>
				change.type === "select" && !(change.selected && userSelectionActive) ? [change] : [],
			);
			if (picks.length > 0) select({ ...selection, edges: applyPicks(selection.edges, picks) });
		},
		[editor, store],
	);
	return { onNodesChange, onEdgesChange };
}

function applyPicks(ids: readonly string[], picks: readonly { id: string; selected: boolean }[]): string[] {
	const chosen = new Set(ids);
	for (const { id, selected } of picks) {
		if (selected) chosen.add(id);
		else chosen.delete(id);
	}
	return [...chosen];
}
