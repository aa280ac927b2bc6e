"use client";

import { useSyncExternalStore } from "react";

/** False while what the server painted is taken over: what is drawn then has to be the same. */
export function useIsAlive(): boolean {
	return useSyncExternalStore(
		() => () => undefined,
		() => true,
		() => false,
	);
}
