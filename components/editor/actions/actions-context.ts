"use client";

import { createContext, useContext } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import type { Action, ActionId } from "./action";

/** A key that was pressed, or a paste, before the actions were loaded. */
export type QueuedInput = { event: KeyboardEvent } | { text: string };

interface AvailableActions {
	/** Everything that can be done in this editor; undefined until that part of the program has come. */
	actions: readonly Action[];
	/** A run or a test is being started. */
	busy: boolean;
	/** What was pressed while there was nothing that could be done yet. */
	early?: QueuedInput | undefined;
}

export type ActionsStore = StoreApi<AvailableActions>;

export function createActionsStore(): ActionsStore {
	return createStore<AvailableActions>(() => ({ actions: [], busy: false }));
}

export const ActionsContext = createContext<ActionsStore>(createActionsStore());

export function useActions(): readonly Action[] {
	return useStore(useContext(ActionsContext), ({ actions }) => actions);
}

/** One of them; undefined until that part of the program has come. */
export function useAction(id: ActionId): Action | undefined {
	return useActions().find((known) => known.id === id);
}
