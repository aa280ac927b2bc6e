"use client";

import { createStore, type StoreApi } from "zustand";
import type { NodeId } from "@/server/plan/plan";

/** Where a reference goes that is picked beside the form: the field that was typed in last. */
export interface InsertTarget {
	/** As the field is called on the form. */
	readonly label: string;
	/** Whether its place sees the steps inside a container. */
	readonly inside: boolean;
	insert(path: readonly string[]): void;
}

export const INSPECTOR_TABS = ["configure", "input", "output", "try"] as const;
export type InspectorTab = (typeof INSPECTOR_TABS)[number];

/** A try of a step. */
export interface StepTry {
	readonly runId: string;
	/** Milliseconds since the epoch, by this machine. */
	readonly startedAt: number;
}

/** What is open in the inspector: of this page alone, never part of the plan. */
export interface InspectorUi {
	tab: InspectorTab;
	isPicking: boolean;
	target: InsertTarget | null;
	/** The last try of each step since the page was opened. */
	tries: Readonly<Record<NodeId, StepTry>>;
	openTab(tab: InspectorTab): void;
	setPicking(isPicking: boolean): void;
	setTarget(target: InsertTarget): void;
	/** Forgets a target whose field is gone; another field's stays. */
	dropTarget(target: InsertTarget): void;
	rememberTry(id: NodeId, tried: StepTry): void;
}

export type InspectorUiStore = StoreApi<InspectorUi>;

export function createInspectorUi(): InspectorUiStore {
	return createStore<InspectorUi>((set, get) => ({
		tab: "configure",
		isPicking: false,
		target: null,
		tries: {},
		openTab: (tab) => set({ tab }),
		setPicking: (isPicking) => set({ isPicking }),
		setTarget: (target) => set({ target }),
		dropTarget: (target) => {
			if (get().target === target) set({ target: null });
		},
		rememberTry: (id, tried) => set(({ tries }) => ({ tries: { ...tries, [id]: tried } })),
	}));
}
