import type { StreamHandle } from "./open-streams";

export interface WatchOptions {
	/** Aborted when the watcher leaves. */
	signal: AbortSignal;
	/** How often to look without having been notified, in milliseconds. */
	pollMs?: number;
}

interface Connections {
	/** Ends the stream when access is lost and when the server shuts down. */
	stream: StreamHandle;
	/** Ends the notifications of what is new. */
	unsubscribe(): void;
	/** Aborted when the watcher leaves. */
	signal: AbortSignal;
	wake(): void;
}

/** Everything that wakes a watcher, closed as one: news, the client's abort, lost access, the server's shutdown. */
export function connectWatcher({ stream, unsubscribe, signal, wake }: Connections): StreamHandle {
	signal.addEventListener("abort", wake);
	return {
		ended: stream.ended,
		close() {
			unsubscribe();
			stream.close();
			signal.removeEventListener("abort", wake);
		},
	};
}
