/** Tells the tabs of a browser apart that are open from those that were closed or crashed. */
export interface TabLocks {
	/** Shows that a tab is open, until the returned function is called or the tab is gone. */
	hold: (tab: string) => () => void;
	/** Calls back once the tab is gone, at once if it is gone already; never after `signal`. */
	whenGone: (tab: string, signal: AbortSignal, onGone: () => void) => void;
}

/**
 * By Web Locks, which a browser frees however a tab ends. Where there are none (pages that are neither secure nor local)
 * every other tab counts as gone: taking over the edits of an open one does no harm, since both hold the same.
 */
export function openTabLocks(): TabLocks {
	if (!("locks" in navigator)) {
		return { hold: () => () => {}, whenGone: (_tab, signal, onGone) => signal.aborted || onGone() };
	}
	return { hold: holdLock, whenGone: awaitLock };
}

function holdLock(tab: string): () => void {
	let release = () => {};
	const held = new Promise<void>((resolve) => {
		release = resolve;
	});
	void navigator.locks.request(lockName(tab), () => held);
	return () => release();
}

function awaitLock(tab: string, signal: AbortSignal, onGone: () => void): void {
	navigator.locks
		.request(lockName(tab), { signal }, () => signal.aborted || onGone())
		.catch((error: unknown) => {
			if (!signal.aborted) throw error;
		});
}

function lockName(tab: string): string {
	return `weft-draft-${tab}`;
}
