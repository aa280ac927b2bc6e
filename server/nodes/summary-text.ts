import { RULE_OPERATORS, type Rule } from "../plan/expressions/rules";
import type { Json } from "../plan/values/json";
import { shorten } from "../plan/values/text-problem";
import { toText } from "../plan/values/value-text";

const MAX_LENGTH = 80;

/** The first line of a text as a node's second line shows it; `fallback` when there is none. */
export function summarizeText(value: unknown, fallback: string): string {
	if (typeof value !== "string") return fallback;
	const line = value
		.split("\n")
		.map((text) => text.trim())
		.find((text) => text !== "");
	return line === undefined ? fallback : shorten(tightenReferences(line), MAX_LENGTH);
}

/** A CEL expression without the `steps.<id>.output.` that repeats what its edge already shows. */
export function summarizeExpression(value: unknown, fallback: string): string {
	return summarizeText(value, fallback).replace(/\bsteps\.\w+\.output\./g, "");
}

/** A rule as a person reads it: `exitCode equals 0`. */
export function summarizeRule({ left, operator, right }: Rule): string {
	const { label, hasRight } = RULE_OPERATORS[operator];
	const subject = summarizeReference(left);
	return hasRight && right !== undefined ? `${subject} ${label} ${summarizeReference(right)}` : `${subject} ${label}`;
}

/** A value as a node shows it: of a whole reference only what differs from others. */
export function summarizeReference(value: Json): string {
	const whole = typeof value === "string" ? /^\s*\{\{([^{}]*)\}\}\s*$/.exec(value)?.[1] : undefined;
	return summarizeExpression(whole ?? toText(value), "…");
}

export function countOf(count: number, noun: string): string {
	return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** How many `{{ references }}` stand in a text. */
export function countReferences(value: unknown): number {
	return typeof value === "string" ? (value.match(/\{\{/g)?.length ?? 0) : 0;
}

/** Seconds as a person says them: `45 s`, `5 min`, `2 h`, `3 d`. */
export function summarizeSeconds(seconds: number): string {
	const unit = UNITS.find(({ size }) => seconds >= size && seconds % size === 0) ?? { size: 1, name: "s" };
	return `${seconds / unit.size} ${unit.name}`;
}

const UNITS = [
	{ size: 86_400, name: "d" },
	{ size: 3_600, name: "h" },
	{ size: 60, name: "min" },
];

function tightenReferences(text: string): string {
	const pieces = text.replace(/\{\{\s*/g, "{{").split("}}");
	return pieces.map((piece, index) => (index < pieces.length - 1 ? piece.trimEnd() : piece)).join("}}");
}
