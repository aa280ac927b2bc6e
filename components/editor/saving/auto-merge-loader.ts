import type { autoMerge } from "./auto-merge";

let loaded: typeof autoMerge | undefined;

/** Merging is large and rarely needed: it is loaded before a conflict is told, not with the page. */
export async function loadAutoMerge(): Promise<void> {
	loaded = (await import("./auto-merge")).autoMerge;
}

/** Settles as `autoMerge` does; undefined before that is loaded. */
export const autoMergeIfLoaded: typeof autoMerge = (state, theirs, viewerId) => loaded?.(state, theirs, viewerId);
