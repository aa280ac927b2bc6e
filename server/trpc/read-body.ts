import { setImmediate } from "node:timers/promises";
import pLimit from "p-limit";
import { WeftError } from "@/server/errors";
import { oncePerProcess } from "@/server/once-per-process";
import { MAX_VALUES } from "./check-request";

/** Bytes of a body that is read when it comes: that takes a millisecond. */
const SMALL = 50_000;
/** Rounds of the event loop between two large bodies, in which other requests are answered. */
const ROUNDS = 3;

/**
 * The same request; its body, when it is large, is parsed in its turn and not before its size is known: to parse a million
 * small values takes longer than everything else that is done with them.
 */
export function queueBodyParsing(request: Request): Request {
	if (Number(request.headers.get("content-length") ?? 0) <= SMALL) return request;
	// One of our own: what Next.js hands to a route is a proxy whose methods stay its own.
	const { url, method, headers, signal } = request;
	const inTurn = new Request(url, { method, headers, signal });
	return Object.defineProperty(inTurn, "json", { value: async () => await parseQueued(await request.text()) });
}

async function parseQueued(text: string): Promise<unknown> {
	if (countCommas(text) > MAX_VALUES) {
		throw new WeftError("too_large", `A request holds at most ${MAX_VALUES} values. Send less at once.`);
	}
	const limit = oncePerProcess("large-bodies", () => pLimit(1));
	return await limit(async () => {
		for (let round = 0; round < ROUNDS; round++) await setImmediate();
		return JSON.parse(text);
	});
}

/** Outside its texts a comma stands between two values: there are more values than commas. */
function countCommas(text: string): number {
	let commas = 0;
	for (let at = 0; at < text.length; at++) {
		const character = text.charCodeAt(at);
		if (character === COMMA) commas += 1;
		else if (character === QUOTE) at = endOfText(text, at);
	}
	return commas;
}

const [COMMA, QUOTE, BACKSLASH] = [0x2c, 0x22, 0x5c];

/** Where the text that begins here ends; the end of all where it has none. */
function endOfText(text: string, start: number): number {
	let end = text.indexOf('"', start + 1);
	while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
	return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
	let backslashes = 0;
	while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
	return backslashes % 2 === 1;
}
