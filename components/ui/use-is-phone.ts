"use client";

import { useSyncExternalStore } from "react";

const QUERY = "(width < 640px)";

function subscribe(onChange: () => void): () => void {
	const list = matchMedia(QUERY);
	list.addEventListener("change", onChange);
	return () => list.removeEventListener("change", onChange);
}

/** Below 640 px a page is laid out for a thumb. */
export function useIsPhone(): boolean {
	return useSyncExternalStore(
		subscribe,
		() => matchMedia(QUERY).matches,
		() => false,
	);
}
