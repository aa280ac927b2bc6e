"use client";

import { useEffect } from "react";

/** Late enough not to hold up the page, early enough to be there when the network is gone. */
const LOAD_AFTER_MS = 2_000;

/**
 * Loads what only some moments need after the page: for those that come without a network.
 * @param load the same function each time; that it fails is found out when it is needed.
 */
export function useAhead(load: () => Promise<unknown>): void {
	useEffect(() => {
		const timer = setTimeout(() => void load().catch(() => undefined), LOAD_AFTER_MS);
		return () => clearTimeout(timer);
	}, [load]);
}
