export type Suggest = (word: string, candidates: Iterable<string>) => string | undefined;

/**
 * Makes a function that finds the candidate that was most likely meant, or none when nothing is close. All its calls
 * together do so much work and no more: what is wrong in a thousand places needs no thousand suggestions.
 */
export function createSuggest(): Suggest {
	let left = MAX_WORK;
	return (word, candidates) => {
		if (word.length > MAX_LENGTH || left <= 0) return undefined;
		left -= CALL_WORK;
		const limit = Math.max(1, Math.floor(word.length / 3));
		let best: { candidate: string; distance: number } | undefined;
		for (const candidate of candidates) {
			left -= LOOK_UP_WORK;
			if (left <= 0) return undefined;
			if (Math.abs(candidate.length - word.length) > limit) continue;
			left -= word.length * candidate.length;
			const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
			if (distance <= limit && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { candidate, distance };
		}
		return best?.candidate;
	};
}

/** Pairs of letters that are compared: a few hundredths of a second. */
const MAX_WORK = 2_000_000;
/** What it takes to look for candidates, and to find one, in pairs of letters. */
const CALL_WORK = 4_000;
const LOOK_UP_WORK = 10;

/** As long as an id can be: longer words are pasted text. */
const MAX_LENGTH = 64;

/** Damerau-Levenshtein, restricted: a swap of two neighbours is one edit. */
function editDistance(a: string, b: string): number {
	let [before, last] = [Array.from<number>([]), Array.from({ length: b.length + 1 }, (_, index) => index)];
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? change) + 1 : change;
			row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change, swap));
		}
		[before, last] = [last, row];
	}
	return last[b.length] ?? 0;
}
