"use client";

import { createContext, useContext } from "react";
import type { RowActions } from "./use-row-actions";

export interface RowPlace {
	index: number;
	count: number;
	/** As the button that removes it says. */
	name: string;
	canRemove: boolean;
	actions: RowActions;
}

export const RowContext = createContext<RowPlace | null>(null);

export function useRow(): RowPlace {
	const place = useContext(RowContext);
	if (!place) throw new Error("This needs a list of rows around it.");
	return place;
}
