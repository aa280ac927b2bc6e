"use client";

import { createContext, useContext } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import type { NodeId, PortName } from "@/server/plan/plan";
import type { Point } from "./drawing/geometry";
import type { NodeLayout } from "./drawing/lay-out-plan";
import type { RunView } from "./run/view-run";

/** What a step has been given for tries and tests: an edited input, an output in the place of its own. */
export type PinnedSide = "input" | "output";

export interface NodeProblems {
	errors: number;
	warnings: number;
}

/** What changes on a canvas while its drawing stays. Nodes read narrow slices of it, so one step redraws alone. */
export interface CanvasState {
	/** Null while drawing. */
	run: RunView | null;
	/** On a run: whether it has left the queue, for the card of triggers. */
	started: boolean;
	selected: NodeId | null;
	problems: Readonly<Record<NodeId, NodeProblems>>;
	/** While drawing steps with pinned data, on a test those that ended with it. */
	pinned: Readonly<Record<NodeId, PinnedSide>>;
	/** On a run: how many comments there are on each step. */
	comments: Readonly<Record<NodeId, number>>;
	/** Zoomed out so far that only icons and states are drawn. */
	isZoomedOut: boolean;
	/** The keys tell whether the node joins those that are selected already. */
	onOpen: (id: NodeId, keys: { shiftKey: boolean; metaKey: boolean; ctrlKey: boolean }) => void;
	onTurn: (container: NodeId, index: number) => void;
	/** Null where a drawing is only looked at. */
	edit: CanvasEdit | null;
}

/** What changes on a canvas while the plan is edited. */
export interface CanvasEdit {
	/** The current layout of the nodes: typing changes a title and must not rebuild React Flow's nodes. */
	nodes: ReadonlyMap<NodeId, NodeLayout>;
	/** The connection that is being dragged; null while none is. */
	connection: ConnectionInProgress | null;
	/** The edge that a dragged step would be inserted into. */
	targetEdge: string | null;
	/** The container that the dragged steps would be dropped into. */
	targetContainer: NodeId | null;
	/** The paths of edges whose nodes are dragged, by edge id: a store of its own, since it changes with every frame. */
	moving: StoreApi<ReadonlyMap<string, string>>;
	onToggle: (container: NodeId) => void;
	/** A trigger is to be looked at, by its id in the plan. */
	onTrigger: (key: string) => void;
	/** A new step was requested on an edge, after a port, or as the first one inside a container. */
	onInsert: (place: InsertPlace, at: Point) => void;
}

export type InsertPlace =
	| { kind: "edge"; edge: string }
	| { kind: "after"; from: NodeId; port: PortName }
	| { kind: "first"; parent: NodeId };

export interface ConnectionInProgress {
	/** The end that stays. */
	fixed: { node: NodeId; port: PortName; end: "source" | "target" };
	/** The nodes that the other end can be dropped on. */
	validTargets: ReadonlySet<NodeId>;
	over: NodeId | null;
	refused: boolean;
}

export type CanvasStore = StoreApi<CanvasState>;

export function createCanvasStore(state: CanvasState): CanvasStore {
	return createStore(() => state);
}

export function useIsZoomedOut(): boolean {
	return useCanvas((canvas) => canvas.isZoomedOut);
}

/** A node's current layout: while the plan is edited the store is newer than the data that React Flow holds. */
export function useNodeLayout(drawn: NodeLayout): NodeLayout {
	return useCanvas((canvas) => canvas.edit?.nodes.get(drawn.node.id)) ?? drawn;
}

const NO_PATHS = createStore<ReadonlyMap<string, string>>(() => new Map());

/** The path of an edge while one of its nodes is dragged; undefined otherwise. */
export function useMovingPath(edge: string): string | undefined {
	const moving = useCanvas((canvas) => canvas.edit?.moving) ?? NO_PATHS;
	return useStore(moving, (paths) => paths.get(edge));
}

export const CanvasContext = createContext<CanvasStore | null>(null);

/** Subscribes to a part of the canvas around this component. */
export function useCanvas<T>(select: (state: CanvasState) => T): T {
	const store = useContext(CanvasContext);
	if (!store) throw new Error("useCanvas needs a canvas around it.");
	return useStore(store, select);
}
