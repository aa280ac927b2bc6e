import { type NodeId, nodeIdSchema } from "../plan";

/**
 * A free id made of a type, a name or another id: `shell`, then `shell_2`; a copy of `build_2` is `build_3`.
 * @param taken the ids that cannot be used.
 */
export function newId(base: string, taken: ReadonlySet<string>): NodeId {
	const slug = slugOf(base) || "step";
	if (!taken.has(slug) && !CEL_WORDS.has(slug) && nodeIdSchema.safeParse(slug).success) return slug;
	const stem = stemOf(slug);
	let number = 2;
	while (taken.has(`${stem}_${number}`)) number += 1;
	return `${stem}_${number}`;
}

/** A display name that no other step has: `Shell`, then `Shell 2`; a copy of `Shell 2` is `Shell 3`. */
export function newName(base: string, taken: ReadonlySet<string>): string {
	if (!taken.has(base)) return base;
	const [, stem = base, last = "1"] = /^(.*\S) ([1-9]\d?)$/s.exec(base) ?? [];
	const short = stem.slice(0, MAX_NAME_STEM).replace(/[\ud800-\udbff]$/, "");
	let number = Number(last) + 1;
	while (taken.has(`${short} ${number}`)) number += 1;
	return `${short} ${number}`;
}

/** Leaves room for a number within the 120 characters of a name. */
const MAX_NAME_STEM = 114;

/** Leaves room for a number within the 64 characters of an id. */
const MAX_STEM = 58;

/** These mean something of their own in an expression: `steps.true.output` cannot be read there. */
const CEL_WORDS: ReadonlySet<string> = new Set(["in", "true", "false", "null"]);

/** An id less the number that tells it from its namesakes. */
export function stemOf(id: NodeId): string {
	return id.replace(/_\d+$/, "").slice(0, MAX_STEM);
}

/** Letters that are no others with a mark on them. */
const SPELLED: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", þ: "th" };

/** The letters of a text that an id can hold; empty when there are none. */
export function slugOf(text: string): string {
	const plain = text
		.normalize("NFKD")
		.replace(/\p{Mark}/gu, "")
		.toLowerCase()
		.replace(/[ßæœøłđþ]/g, (letter) => SPELLED[letter] ?? letter);
	const slug = plain
		.replace(/[^a-z0-9]+/g, "_")
		.replace(/^[_\d]+|_+$/g, "")
		.slice(0, 64);
	return slug.replace(/_+$/, "");
}
