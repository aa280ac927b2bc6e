import { setImmediate } from "node:timers/promises";
import type { Json } from "@/server/plan/values/json";
import type { Origin } from "./tool";

/** Words of this length are telling by themselves if they came from outside; shorter ones as a part of a phrase. */
const TELLING = 8;
const TELLING_IN_FILES = 20;
/** Words in a row that are a phrase, and how long it has to be. */
const PHRASE = { outside: 2, workspace: 3, length: 6 } as const;
const MAX_TEXTS = 2_000_000;
/** Pieces that are remembered before others get their turn. */
const SLICE = 20_000;

/** Remembers what came from outside, and tells whether a text repeats any of it. */
export interface OutsideText {
	add(text: string, origin: Origin): void;
	/** Remembers all texts of a value, in slices between which others get their turn. */
	addAll(value: Json): Promise<void>;
	/** Some of it cannot be read: from now on anything may repeat it. */
	miss(): void;
	/** A piece of the value's texts that came from outside; undefined if there is none. */
	find(value: Json): string | undefined;
}

/**
 * Compares words and phrases, also in what a text hides as base64, hex or with percent signs. It errs to the side of finding
 * something: a person is asked then.
 */
export function createOutsideText(): OutsideText {
	const outside = new Set<string>();
	const workspace = new Set<string>();
	let length = 0;
	const fits = (text: string) => {
		length += text.length;
		return length <= MAX_TEXTS;
	};
	return {
		add(text, origin) {
			if (origin === "own" || !fits(text)) return;
			const known = origin === "outside" ? outside : workspace;
			for (const piece of piecesOf(text, origin)) known.add(piece);
		},
		async addAll(value) {
			let count = 0;
			for (const text of textsIn(value)) {
				if (!fits(text)) return;
				for (const piece of piecesOf(text, "outside")) {
					outside.add(piece);
					if (++count % SLICE === 0) await setImmediate();
				}
			}
		},
		miss() {
			length = Number.POSITIVE_INFINITY;
		},
		find(value) {
			if (length > MAX_TEXTS) return "more than can be compared";
			for (const text of textsIn(value).flatMap((whole) => [whole, ...hiddenIn(whole)])) {
				const piece =
					[...piecesOf(text, "outside")].find((one) => outside.has(one)) ??
					[...piecesOf(text, "workspace")].find((one) => workspace.has(one));
				if (piece !== undefined) return piece;
			}
			return undefined;
		},
	};
}

function wordsOf(text: string): string[] {
	return text
		.normalize("NFKC")
		.replace(/[\u200B-\u200F\u2060\uFEFF\u00AD]/g, "")
		.toLowerCase()
		.split(/[\s"'`,;|&()<>{}[\]\\=]+/)
		.map(withoutLastPunctuation)
		.filter((word) => word !== "");
}

/** By hand: a regular expression would take a second for a word of 50,000 dots. */
function withoutLastPunctuation(word: string): string {
	let end = word.length;
	while (end > 0 && ".:!?".includes(word.charAt(end - 1))) end--;
	return word.slice(0, end);
}

function* piecesOf(text: string, origin: "outside" | "workspace"): Generator<string> {
	const words = wordsOf(text);
	const telling = origin === "outside" ? TELLING : TELLING_IN_FILES;
	const count = PHRASE[origin];
	for (const [index, word] of words.entries()) {
		if (word.length >= telling || (word.includes("://") && word.length > 6)) yield word;
		const phrase = words.slice(index, index + count);
		const joined = phrase.join(" ");
		if (phrase.length === count && joined.length >= PHRASE.length) yield joined;
	}
}

function textsIn(value: Json): string[] {
	if (typeof value === "string") return [value];
	if (typeof value === "number") return [String(value)];
	if (value === null || typeof value !== "object") return [];
	if (!Array.isArray(value)) return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)]);
	const texts = value.flatMap(textsIn);
	// The words of a command that is given as a list.
	return value.every((item) => typeof item === "string") ? [...texts, texts.join(" ")] : texts;
}

const BASE64 = /[A-Za-z0-9+/_-]{8,}={0,2}/g;
const HEX = /(?:[0-9a-fA-F]{2}){4,}/g;

function hiddenIn(text: string): string[] {
	const decoded = [
		...[...text.matchAll(BASE64)].map(([code]) => Buffer.from(code, "base64").toString()),
		...[...text.matchAll(HEX)].map(([code]) => Buffer.from(code, "hex").toString()),
		...(text.includes("%") ? [decodePercent(text)] : []),
	];
	return decoded.filter((one) => one.length > 2 && !one.includes("\uFFFD"));
}

function decodePercent(text: string): string {
	return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (code) => {
		try {
			return decodeURIComponent(code);
		} catch {
			return code;
		}
	});
}
