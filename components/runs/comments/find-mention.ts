import type { Person } from "@/server/comments/mention-text";

/** A mention that is being written. */
export interface OpenMention {
	/** Where its `@` stands. */
	at: number;
	/** What follows it, up to the caret. */
	query: string;
}

const MAX_QUERY = 60;
const MAX_SHOWN = 6;
const WORD = /[\p{L}\p{N}_]/u;

/** The mention before the caret; undefined when none is being written. */
export function findMention(text: string, caret: number): OpenMention | undefined {
	const near = text.slice(Math.max(0, caret - MAX_QUERY), caret);
	const from = near.lastIndexOf("@");
	if (from === -1) return undefined;
	const at = caret - near.length + from;
	const query = near.slice(from + 1);
	if (query.includes("\n") || query.startsWith(" ") || WORD.test(text.charAt(at - 1))) return undefined;
	return { at, query };
}

/** Those whose name, a part of it, or address begins so. */
export function matchPeople(people: readonly Person[], query: string): Person[] {
	const wanted = query.toLocaleLowerCase();
	return people
		.filter(({ label }) => {
			const name = label.toLocaleLowerCase();
			return (
				name !== wanted.trimEnd() &&
				(name.startsWith(wanted) || name.includes(` ${wanted}`) || name.includes(`(${wanted}`))
			);
		})
		.slice(0, MAX_SHOWN);
}
