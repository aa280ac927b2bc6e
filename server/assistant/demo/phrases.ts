/** What stands in a text between quotes or is one word by itself: a command, a text, an address. */
type HeldKind = "code" | "quote" | "url" | "mail";

/** A text in which what must not be split is held by marks, such as `§0c`. */
export interface Held {
	text: string;
	/** The first of a kind in a part of the text. */
	first(kind: HeldKind, part: string): string | undefined;
	all(kind: HeldKind, part: string): string[];
	/** A part of the text as it was written. */
	plain(part: string): string;
}

const LETTERS: Record<HeldKind, string> = { code: "c", quote: "q", url: "u", mail: "m" };
const KINDS: [HeldKind, RegExp][] = [
	["code", /`([^`]{1,4000})`/g],
	["quote", /["“”„]([^"“”„]{1,2000})["“”]/g],
	["url", /(https?:\/\/[^\s`"“”<>()]{1,1000})/g],
	["mail", /\b([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})/g],
];

export function holdQuoted(written: string): Held {
	const values: string[] = [];
	const text = KINDS.reduce(
		(before, [kind, pattern]) =>
			before.replace(pattern, (_, found: string) => {
				const [, value = found, rest = ""] = kind === "url" ? splitPunctuation(found) : [found, found];
				values.push(value);
				return `§${values.length - 1}${LETTERS[kind]}${rest}`;
			}),
		written.replaceAll("§", ""),
	);
	const all: Held["all"] = (kind, part) =>
		[...part.matchAll(/§(\d{1,4})([a-z])/g)].flatMap(([, index = "", letter]) =>
			letter === LETTERS[kind] ? [values[Number(index)] ?? ""] : [],
		);
	const plain = (part: string) => part.replace(/§(\d{1,4})[a-z]/g, (_, index: string) => values[Number(index)] ?? "");
	return { text, all, plain, first: (kind, part) => all(kind, part)[0] };
}

/** The full stop behind an address ends a sentence. */
function splitPunctuation(url: string): [string, string, string] {
	const kept = url.replace(/[.,;:!?]{1,10}$/, "");
	return [url, kept, url.slice(kept.length)];
}

const VERBS =
	"fetch|get|download|call|request|ping|check|post|send|notify|tell|message|alert|warn|mail|email|e-mail|run|execute|start|launch|build|test|deploy|lint|clone|commit|push|open|create|add|comment|label|set|ask|wait|sleep|pause|summari[sz]e|classify|translate|extract|write|draft|generate|analy[sz]e|explain|investigate|review|save|store|remember|read|load|list|delete|remove|copy|move|filter|map|sort|transform|convert|count|group|pick|parse|return|output|answer|respond|report|emit|publish|retry|try|repeat|route|switch|let|have|restart|roll|request|insert|rename|change";
const STARTS = "if|unless|otherwise|else|for each|for every|in parallel|at the same time|on failure|when|until";

const IS_START = new RegExp(`^(?:${VERBS}|${STARTS})\\b`, "i");
const INNER_VERB = new RegExp(`\\s(?:${VERBS})(?:\\s|$)`, "i");
const BETWEEN = /\s{0,3},\s{0,3}(?:and then\s|and\s|then\s|but\s)?|\s(?:and then|and|then|but)\s|:\s/g;

/** Each sentence as its clauses: where a verb follows a comma or an “and”, something new is to be done. */
export function splitClauses(text: string): string[][] {
	return text
		.split(/[.;!?](?:\s|$)|\n/)
		.map((sentence) => sentence.replace(/^\s{0,20}(?:[-*•]|\d{1,2}[.)])\s/, "").trim())
		.filter((sentence) => sentence !== "")
		.map(cutSentence);
}

function cutSentence(sentence: string): string[] {
	const clauses: string[] = [];
	let from = 0;
	for (const { 0: found, index } of sentence.matchAll(BETWEEN)) {
		const next = sentence.slice(index + found.length).replace(LEADING, "");
		if (!IS_START.test(next)) continue;
		clauses.push(sentence.slice(from, index));
		from = sentence.length - next.length;
	}
	return [...clauses, sentence.slice(from)].map((clause) => clause.replace(LEADING, "").trim()).filter(Boolean);
}

const LEADING =
	/^(?:\s|and\s|then\s|finally,?\s|first,?\s|next,?\s|also\s|afterwards,?\s|please\s|after that,?\s|it should\s|and then\s){0,6}/i;

/** `each region run §0c`: what it is about, and what is to be done. */
export function cutAtVerb(clause: string): { head: string; action: string } {
	const { index } = INNER_VERB.exec(clause) ?? {};
	if (index === undefined) return { head: clause, action: "" };
	return { head: clause.slice(0, index), action: clause.slice(index).trim() };
}
