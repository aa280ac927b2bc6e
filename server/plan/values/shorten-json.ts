import type { Json } from "./json";

export interface Shortened {
	value: Json;
	/** Whether anything was left out. */
	truncated: boolean;
}

interface Limits {
	text: number;
	items: number;
	keys: number;
	depth: number;
}

/** From generous to strict: the first that fits is taken. */
const STEPS: readonly Limits[] = [
	{ text: 4_000, items: 50, keys: 200, depth: 12 },
	{ text: 1_000, items: 10, keys: 100, depth: 8 },
	{ text: 200, items: 3, keys: 50, depth: 6 },
	{ text: 40, items: 1, keys: 20, depth: 4 },
];

/**
 * A value made small enough to be shown beside a form, its shape kept as far as possible: long texts and lists are cut,
 * then everything is cut harder. Null when even that is too long.
 *
 * @param length the characters of JSON that the value may take
 */
export function shortenJson(value: Json, length: number): Shortened {
	if (measure(value) <= length) return { value, truncated: false };
	for (const limits of STEPS) {
		const short = cut(value, limits, 0);
		if (measure(short) <= length) return { value: short, truncated: true };
	}
	return { value: null, truncated: true };
}

function measure(value: Json): number {
	return JSON.stringify(value).length;
}

function cut(value: Json, limits: Limits, depth: number): Json {
	if (typeof value === "string") {
		return value.length > limits.text ? `${value.slice(0, limits.text).toWellFormed()}…` : value;
	}
	if (typeof value !== "object" || value === null) return value;
	if (depth >= limits.depth) return Array.isArray(value) ? [] : {};
	if (Array.isArray(value)) return value.slice(0, limits.items).map((item) => cut(item, limits, depth + 1));
	const entries = Object.entries(value).slice(0, limits.keys);
	return Object.fromEntries(entries.map(([key, item]) => [key, cut(item, limits, depth + 1)]));
}
