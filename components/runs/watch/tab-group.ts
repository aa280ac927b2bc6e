import type { TabGroup, WatchMessage } from "./shared-watch";

/**
 * The tabs of this browser that show the same team. The lead is a Web Lock, which a browser gives to the next tab
 * when the one that holds it closes or crashes. Null outside secure contexts and in browsers without locks.
 */
export function joinTabGroup(name: string): TabGroup | null {
	if (typeof BroadcastChannel === "undefined" || !("locks" in navigator)) return null;
	const channel = new BroadcastChannel(name);
	return {
		post: (message) => channel.postMessage(message),
		onMessage: (handle) => {
			channel.onmessage = ({ data }: MessageEvent<WatchMessage>) => handle(data);
		},
		seekLead: (lead) => seekLock(name, lead),
	};
}

function seekLock(name: string, lead: () => void): () => void {
	const waiting = new AbortController();
	let release = () => waiting.abort();
	navigator.locks
		.request(name, { signal: waiting.signal }, () => {
			lead();
			return new Promise<void>((resolve) => {
				release = resolve;
			});
		})
		.catch((error: unknown) => {
			if (!waiting.signal.aborted) throw error;
		});
	return () => release();
}
