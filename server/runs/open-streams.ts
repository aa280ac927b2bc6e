import { WeftError } from "@/server/errors";
import { oncePerProcess } from "@/server/once-per-process";
import type { Actor } from "./events";

/** Open at once for one person: many tabs on many machines. More are somebody playing. */
export const MOST_STREAMS = 100;

interface OpenStreams {
	ending: boolean;
	enders: Set<() => void>;
	/** How many each person has open. */
	counts: Map<string, number>;
}

function openStreams(): OpenStreams {
	return oncePerProcess("open-streams", () => ({ ending: false, enders: new Set(), counts: new Map() }));
}

/**
 * Registers a stream that `endAllStreams` ends; call what it returns when the stream has ended. Throws
 * `too_many_requests` when its owner has 100 open.
 */
export function registerStream(owner: Actor, end: () => void): () => void {
	const { counts, enders, ending } = openStreams();
	const key = JSON.stringify(owner);
	const open = counts.get(key) ?? 0;
	if (open >= MOST_STREAMS) {
		throw new WeftError("too_many_requests", "Too many pages are open. Close some, then reload this one.", {
			retryAfterSeconds: 60,
		});
	}
	counts.set(key, open + 1);
	if (ending) end();
	enders.add(end);
	return () => {
		if (!enders.delete(end)) return;
		const left = (counts.get(key) ?? 1) - 1;
		if (left > 0) counts.set(key, left);
		else counts.delete(key);
	};
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
