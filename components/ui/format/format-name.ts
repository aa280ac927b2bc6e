/** The first letters of the first and last word, in capitals: `Mara Lindqvist` is ML. */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/).filter(Boolean);
	const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
	return letters.map((word) => firstLetter(word ?? "?")).join("");
}

function firstLetter(word: string): string {
	return ([...word][0] ?? "?").toLocaleUpperCase();
}

/** The part of a name people call each other by. */
export function firstName(name: string): string {
	return name.trim().split(/\s+/)[0] ?? name;
}

/** A small stable number from a text: the same name keeps its colour. */
export function hashText(text: string): number {
	let hash = 0;
	for (const letter of text) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
	return hash;
}
