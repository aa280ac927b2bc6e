"use client";

import { createStore, type StoreApi } from "zustand";

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

/** What is open in the inspector: of this page alone, never part of the plan. */
export interface InspectorUi {
	tab: InspectorTab;
	isPicking: boolean;
	target: InsertTarget | null;
	openTab(tab: InspectorTab): void;
	setPicking(isPicking: boolean): void;
	setTarget(target: InsertTarget): void;
	/** Forgets a target whose field is gone; another field's stays. */
	dropTarget(target: InsertTarget): void;
}

export type InspectorUiStore = StoreApi<InspectorUi>;

export function createInspectorUi(): InspectorUiStore {
	return createStore<InspectorUi>((set, get) => ({
		tab: "configure",
		isPicking: false,
		target: null,
		openTab: (tab) => set({ tab }),
		setPicking: (isPicking) => set({ isPicking }),
		setTarget: (target) => set({ target }),
		dropTarget: (target) => {
			if (get().target === target) set({ target: null });
		},
	}));
}
