/** What the tabs of a browser have in common. */
export interface TabGroup<Message> {
	post: (message: Message) => void;
	onMessage: (handle: (message: Message) => void) => void;
	/** Calls `lead` once no other tab leads; returns what gives the lead up, or stops waiting for it. */
	seekLead: (lead: () => void) => () => void;
	/** Neither hears nor says anything from then on. */
	close: () => void;
}

/**
 * Joins the tabs of this browser that show the same, by their group's name. The lead is a Web Lock, which a browser gives
 * to the next tab when the one that holds it closes or crashes. Null outside secure contexts and in browsers without locks.
 */
export function joinTabGroup<Message>(name: string): TabGroup<Message> | null {
	if (typeof BroadcastChannel === "undefined" || !("locks" in navigator)) return null;
	const channel = new BroadcastChannel(name);
	return {
		post: (message) => channel.postMessage(message),
		onMessage: (handle) => {
			channel.onmessage = ({ data }: MessageEvent<Message>) => handle(data);
		},
		seekLead: (lead) => seekLock(name, lead),
		close: () => channel.close(),
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
