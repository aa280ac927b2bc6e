import type { Json } from "@/server/plan/values/json";
import { isRoundedInteger, readJson, tryReadJson } from "@/server/plan/values/read-json";

/**
 * How a value that is no text is typed: `read` gives `undefined` for an empty field. What cannot be understood is kept
 * as the text it is, so that a draft holds what was typed and its problem stands at the field.
 */
export interface TextForm {
	write(value: Json | undefined): string;
	read(text: string): Json | undefined;
}

export const wordsText: TextForm = {
	write: (value) => (typeof value === "string" ? value : ""),
	read: (text) => (text.trim() === "" ? undefined : text.trim()),
};

export const numberText: TextForm = {
	write: (value) => (Number.isSafeInteger(value) ? Number(value).toLocaleString("en-US") : plainText(value)),
	read: (text) => readOr(text, readExactNumber),
};

/** `90` or `90 s`, `5 min`, `1 h 30 min`, `2 d`: kept in seconds. */
export const durationText: TextForm = {
	write: (value) => (typeof value === "number" && value >= 0 ? writeDuration(value) : plainText(value)),
	read: (text) => readOr(text, readDuration),
};

/**
 * JSON, and plain text where the text is no JSON: one reference, or words. A text that would read as JSON is written in
 * quotes, so that both ways lead back to the same value.
 */
export const jsonText: TextForm = {
	write(value) {
		if (value === undefined) return "";
		const isPlain = typeof value === "string" && value.trim() !== "" && tryReadJson(value) === undefined;
		return isPlain ? value : JSON.stringify(value, null, 2);
	},
	read(text) {
		if (text.trim() === "") return undefined;
		const value = tryReadJson(text);
		return value === undefined ? text : value;
	},
};

/** Why a text that looks like JSON is none; undefined for plain text, which is allowed. */
export function explainJson(text: string): string | undefined {
	if (!/^\s*[[{"]/.test(text) || /^\s*\{\{[^{}]*\}\}\s*$/.test(text) || tryReadJson(text) !== undefined)
		return undefined;
	try {
		readJson(text);
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
	return undefined;
}

function plainText(value: Json | undefined): string {
	if (value === undefined) return "";
	return typeof value === "string" ? value : JSON.stringify(value);
}

function readOr(text: string, parse: (trimmed: string) => number): Json | undefined {
	const trimmed = text.trim();
	if (trimmed === "") return undefined;
	const number = parse(trimmed.replace(/(?<=\d),(?=\d{3}\b)/g, ""));
	return Number.isFinite(number) ? number : text;
}

/** No number where one with fewer digits would take its place. */
function readExactNumber(text: string): number {
	const number = Number(text);
	return isRoundedInteger(number) ? Number.NaN : number;
}

const UNITS = [
	{ name: "d", seconds: 86_400 },
	{ name: "h", seconds: 3_600 },
	{ name: "min", seconds: 60 },
	{ name: "s", seconds: 1 },
] as const;

const PART = /^(\d+(?:\.\d+)?)\s*(days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)?\s*/i;

function readDuration(text: string): number {
	let rest = text;
	let total = 0;
	while (rest !== "") {
		const [part, amount, unit = "s"] = PART.exec(rest) ?? [];
		if (part === undefined) return Number.NaN;
		const size = UNITS.find(({ name }) => name.startsWith(unit.charAt(0).toLowerCase()))?.seconds ?? 1;
		total += Number(amount) * size;
		rest = rest.slice(part.length);
	}
	return total;
}

function writeDuration(seconds: number): string {
	let rest = seconds;
	const parts = UNITS.flatMap(({ name, seconds: size }) => {
		const amount = size === 1 ? Number(rest.toFixed(3)) : Math.floor(rest / size);
		rest -= amount * size;
		return amount > 0 ? [`${amount} ${name}`] : [];
	});
	return parts.join(" ") || "0 s";
}
