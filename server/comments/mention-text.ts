import { groupBy } from "@/server/plan/values/group-by";

/** A person whom a comment mentions, by the name they had then. */
export interface Mention {
	id: string;
	name: string;
}

/** Somebody who can be mentioned. */
export interface Person extends Mention {
	/** What stands behind the `@`: the name, with the address where several have that name. */
	label: string;
}

const MENTION = /<@([^<>]{1,64})>/g;
const WORD = /[\p{L}\p{N}_]/u;

/** Gives everybody a label that is theirs alone. */
export function labelPeople(members: readonly { id: string; name: string; email: string }[]): Person[] {
	const names = countBy(members.map(({ name }) => name));
	const people = members.map(({ id, name, email }) => ({
		id,
		name,
		label: names.get(name) === 1 ? name : `${name} (${email})`,
	}));
	const labels = countBy(people.map(({ label }) => label));
	return people.filter(({ label }) => labels.get(label) === 1);
}

function countBy(texts: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	return counts;
}

/**
 * Replaces `@label` of the people by `<@id>`, which follows them through every new name; what mentions nobody stays as it
 * is. Returns those mentioned, in the order of the text.
 */
export function writeMentions(text: string, people: readonly Person[]): { text: string; mentions: Mention[] } {
	const longestFirst = people.toSorted((a, b) => b.label.length - a.label.length);
	const byFirst = groupBy(longestFirst, ({ label }) => label.charAt(0));
	let written = "";
	let from = 0;
	for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", Math.max(at + 1, from))) {
		const found = WORD.test(text.charAt(at - 1)) ? undefined : personAt(text, at + 1, byFirst);
		if (!found) continue;
		written += `${text.slice(from, at)}<@${found.id}>`;
		from = at + 1 + found.label.length;
	}
	written += text.slice(from);
	return { text: written, mentions: mentionsIn(written, people) };
}

function personAt(text: string, at: number, byFirst: ReadonlyMap<string, readonly Person[]>): Person | undefined {
	return byFirst
		.get(text.charAt(at))
		?.find(({ label }) => text.startsWith(label, at) && !WORD.test(text.charAt(at + label.length)));
}

function mentionsIn(text: string, people: readonly Person[]): Mention[] {
	const known = new Map(people.map(({ id, name }) => [id, { id, name }]));
	const ids = new Set([...text.matchAll(MENTION)].map(([, id = ""]) => id));
	return [...ids].flatMap((id) => known.get(id) ?? []);
}

/** The text as its author wrote it: people by their labels, and whoever has left by their name alone. */
export function readMentions(
	text: string,
	{ mentions, people }: { mentions: readonly Mention[]; people: readonly Person[] },
): string {
	const labels = new Map(people.map(({ id, label }) => [id, `@${label}`]));
	const names = new Map(mentions.map(({ id, name }) => [id, name]));
	return text.replace(MENTION, (whole, id: string) => labels.get(id) ?? names.get(id) ?? whole);
}
