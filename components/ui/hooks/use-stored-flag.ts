"use client";

import { useSyncExternalStore } from "react";

const CHANGED = "weft-flag";

function subscribe(onChange: () => void): () => void {
	addEventListener(CHANGED, onChange);
	addEventListener("storage", onChange);
	return () => {
		removeEventListener(CHANGED, onChange);
		removeEventListener("storage", onChange);
	};
}

/** A yes that this browser remembers. On the server, and until the page is alive, it counts as set. */
export function useStoredFlag(name: string): [boolean, () => void] {
	const key = `weft-${name}`;
	const set = useSyncExternalStore(
		subscribe,
		() => localStorage.getItem(key) !== null,
		() => true,
	);
	const raise = () => {
		localStorage.setItem(key, "1");
		dispatchEvent(new Event(CHANGED));
	};
	return [set, raise];
}
