import { catalog, type NodeType } from "@/server/nodes/catalog";
import type { NodeDefinition } from "@/server/plan/node-definition";
import { STEP_TYPES } from "./suggest-next";

/**
 * The types of step that a search means, the likeliest first: by the beginning of the title, by a word of it, by an
 * everyday word for it, and at last by what its description says or by letters of the title in their order.
 */
export function findTypes(search: string): NodeType[] {
	const query = search.trim().toLowerCase().replace(/\s+/g, " ");
	if (query === "") return [...STEP_TYPES];
	const ranked = STEP_TYPES.flatMap((type) => {
		const rank = rankQuery(type, query);
		return rank === undefined ? [] : [{ type, rank }];
	});
	return ranked.sort((a, b) => a.rank - b.rank).map(({ type }) => type);
}

/** A query of several words is looked for as a whole first, then word by word: the word that fits worst counts. */
function rankQuery(type: NodeType, query: string): number | undefined {
	const whole = rankWord(type, query);
	const words = query.split(" ");
	if (words.length === 1 || (whole !== undefined && whole < RANKS.described)) return whole;
	const ranks = words.map((word) => rankWord(type, word));
	return ranks.every((rank) => rank !== undefined) ? Math.max(...ranks) : undefined;
}

const RANKS = { titleStart: 0, titleWord: 1, keyword: 2, keywordStart: 3, described: 4, letters: 5 } as const;

function rankWord(type: NodeType, word: string): number | undefined {
	const { title, description, keywords }: NodeDefinition = catalog[type];
	const name = title.toLowerCase();
	if (name.startsWith(word)) return RANKS.titleStart;
	if (startsAnyWord(name, word)) return RANKS.titleWord;
	const at = keywords.indexOf(word);
	// A word that several types go by means the one that names it earlier.
	if (at >= 0) return RANKS.keyword + at / 100;
	if (keywords.some((keyword) => keyword.startsWith(word))) return RANKS.keywordStart;
	if (startsAnyWord(description.toLowerCase(), word) || type.startsWith(word)) return RANKS.described;
	return hasLetters(name, word) ? RANKS.letters : undefined;
}

function startsAnyWord(text: string, word: string): boolean {
	return ` ${text}`.includes(` ${word}`);
}

/** Of one or two letters nearly every title has them. */
function hasLetters(name: string, letters: string): boolean {
	if (letters.length < 3) return false;
	let from = 0;
	for (const letter of letters) {
		from = name.indexOf(letter, from) + 1;
		if (from === 0) return false;
	}
	return true;
}
