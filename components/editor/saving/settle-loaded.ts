import type { settleAlone } from "./settle-alone";

let loaded: typeof settleAlone | undefined;

/** Merging is large and rarely needed: it is loaded before a conflict is told, not with the page. */
export async function loadSettling(): Promise<void> {
	loaded = (await import("./settle-alone")).settleAlone;
}

/** Settles as `settleAlone` does; undefined before that is loaded. */
export const settleLoaded: typeof settleAlone = (state, theirs, viewerId) => loaded?.(state, theirs, viewerId);
