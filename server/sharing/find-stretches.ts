import type { Span } from "@/server/execution/secrets/text-matcher";

const BASE = 31;

/**
 * Finds where a text repeats at least `length` characters in a row of any of the others, in one pass (Karp and Rabin,
 * 1987). Stretches that touch are one.
 */
export function createStretchFinder(others: Iterable<string>, length: number): (text: string) => Span[] {
	const known = new Set<string>();
	const hashes = new Set<number>();
	for (const other of others) {
		eachWindow(other, length, (start, hash) => {
			known.add(other.slice(start, start + length));
			hashes.add(hash);
		});
	}
	return (text) => {
		const spans: Span[] = [];
		if (hashes.size === 0) return spans;
		eachWindow(text, length, (start, hash) => {
			if (hashes.has(hash) && known.has(text.slice(start, start + length))) addSpan(spans, [start, start + length]);
		});
		return spans;
	};
}

/** Where each stretch of a text begins, and its hash, which follows from that of the one before. */
function eachWindow(text: string, length: number, visit: (start: number, hash: number) => void): void {
	let outgoing = 1;
	for (let at = 1; at < length; at++) outgoing = Math.imul(outgoing, BASE);
	let hash = 0;
	for (let end = 0; end < text.length; end++) {
		if (end >= length) hash = (hash - Math.imul(text.charCodeAt(end - length), outgoing)) | 0;
		hash = (Math.imul(hash, BASE) + text.charCodeAt(end)) | 0;
		if (end >= length - 1) visit(end - length + 1, hash);
	}
}

function addSpan(spans: Span[], [start, end]: Span): void {
	const last = spans.at(-1);
	if (last !== undefined && last[1] >= start) spans.splice(-1, 1, [last[0], end]);
	else spans.push([start, end]);
}
