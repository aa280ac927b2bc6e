import type { Json } from "@/server/plan/values/json";

/**
 * An input or an answer as people read it: a text alone stands for itself. The lines of a text that has several are
 * indented, and a name that has several is in one, so that none looks like another field.
 */
export function written(value: Json): string {
	if (typeof value === "string") return value;
	if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
	return Object.entries(value).map(lineOf).join("\n");
}

function lineOf([name, item]: [string, Json]): string {
	const shown = LINE_END.test(name) ? JSON.stringify(name) : name;
	return `${shown}:${typeof item === "string" ? indented(item) : ` ${JSON.stringify(item)}`}`;
}

const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/;

function indented(text: string): string {
	const lines = text.split(LINE_END);
	return lines.length === 1 ? ` ${text}` : ["", ...lines].join("\n  ");
}

/** The same with its invisible characters, which could hide or turn around what stands there, as their numbers. */
export function withoutInvisible(text: string): string {
	return text.replace(/[^\P{C}\n\t]|[\u2028\u2029\u115F\u1160\u3164\uFFA0]/gu, (character) => {
		return `\\u{${character.codePointAt(0)?.toString(16)}}`;
	});
}
