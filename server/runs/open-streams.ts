import { oncePerProcess } from "@/server/once-per-process";

interface OpenStreams {
	ending: boolean;
	enders: Set<() => void>;
}

function openStreams(): OpenStreams {
	return oncePerProcess("open-streams", () => ({ ending: false, enders: new Set() }));
}

/** Registers a stream that `endAllStreams` ends; call what it returns when the stream has ended. */
export function registerStream(end: () => void): () => void {
	const streams = openStreams();
	if (streams.ending) end();
	streams.enders.add(end);
	return () => streams.enders.delete(end);
}

/**
 * Ends every open stream with an error that tells clients to connect again. For shutdown: a server does not exit
 * while a stream is open, and a stream that ends without an error is never asked for again.
 */
export function endAllStreams(): void {
	const streams = openStreams();
	streams.ending = true;
	for (const end of streams.enders) end();
}
