import type { Mark } from "./marked-text";

/** Whether every word of a search stands somewhere in a text. */
export function matchesSearch(text: string, search: string): boolean {
	return wordsOf(search).every((word) => text.toLowerCase().includes(word));
}

/** Where the words of a search stand in a text, in its order and without overlap. */
export function findMarks(text: string, search: string): Mark[] {
	const lower = text.toLowerCase();
	const whole = search.trim().toLowerCase();
	const words = lower.includes(whole) ? [whole] : wordsOf(search);
	const found = words.flatMap((word): Mark[] => {
		const at = word === "" ? -1 : lower.indexOf(word);
		return at < 0 ? [] : [[at, at + word.length]];
	});
	const sorted = found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
	return sorted.filter(([from], index) => sorted.slice(0, index).every(([, to]) => to <= from));
}

function wordsOf(search: string): string[] {
	return search.toLowerCase().split(/\s+/).filter(Boolean);
}
