"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};
const isApple = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The name of the key that shortcuts are held with: `⌘` on Apple's machines, `Ctrl` elsewhere. */
export function useModKey(): "⌘" | "Ctrl" {
	return useSyncExternalStore(never, isApple, () => false) ? "⌘" : "Ctrl";
}
