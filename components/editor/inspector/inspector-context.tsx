"use client";

import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Outputs } from "@/components/trpc/types";
import type { SavedDraft } from "../editor-store";
import type { InspectorUi, InspectorUiStore } from "./inspector-ui";
import type { KnownValues } from "./references/list-references";

export interface LearnedCredential {
	name: string;
	parts: readonly string[];
	isPersonal: boolean;
}

/** Everything that the fields of the inspector share. */
export interface InspectorData {
	team: string;
	slug: string;
	/** Resolves once the server has every edit. */
	saveNow: () => Promise<SavedDraft>;
	ui: InspectorUiStore;
	/** What references would lead to, as far as earlier runs have shown it. */
	known: KnownValues;
	/** The last values of each step; undefined until they have been read. */
	last: Outputs["runs"]["lastOutputs"] | undefined;
	/** Why the last values could not be read. */
	lastError: unknown;
	/** Reads the last values again, as after a try. */
	readAgain: () => void;
	/** Outputs that stand in for steps when others are tried, by the step's id. */
	pins: Outputs["workflows"]["draft"]["pins"];
	/** What references to the team's credentials may read; undefined for those who may not know them. */
	credentials: readonly string[] | undefined;
	/** Adds a credential that was not there when the workflow was opened. */
	learnCredential: (credential: LearnedCredential) => void;
}

export const InspectorContext = createContext<InspectorData | null>(null);

export function useInspector(): InspectorData {
	const data = useContext(InspectorContext);
	if (!data) throw new Error("This needs an inspector around it.");
	return data;
}

export function useInspectorUi<T>(select: (state: InspectorUi) => T): T {
	return useStore(useInspector().ui, select);
}
