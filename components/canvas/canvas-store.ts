"use client";

import { createContext, useContext } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import type { NodeId } from "@/server/plan/plan";
import type { RunView } from "./view-run";

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
	onOpen: (id: NodeId) => void;
	onTurn: (container: NodeId, index: number) => void;
}

export type CanvasStore = StoreApi<CanvasState>;

export function createCanvasStore(state: CanvasState): CanvasStore {
	return createStore(() => state);
}

export const CanvasContext = createContext<CanvasStore | null>(null);

/** Reads a slice of the canvas around this component. */
export function useCanvas<T>(select: (state: CanvasState) => T): T {
	const store = useContext(CanvasContext);
	if (!store) throw new Error("useCanvas needs a canvas around it.");
	return useStore(store, select);
}
