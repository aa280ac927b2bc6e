import type { ReferenceStyle } from "@/server/plan/expressions/write-reference";

/** The part of a text that a completion replaces, and what has been typed of it. */
export interface CompletionSpan {
	readonly from: number;
	readonly to: number;
	readonly typed: string;
	/** The braces stay: only a path between them is replaced, as beside a `??`. */
	readonly isInner?: true;
}

/**
 * The reference that is being typed at the caret; none when the caret stands anywhere else.
 * @param isAsked somebody asked for completion: in CEL it then opens before a letter is typed.
 */
export function findCompletion(
	{ text, caret, style }: { text: string; caret: number; style: ReferenceStyle },
	isAsked = false,
): CompletionSpan | undefined {
	return style === "braces" ? findInBraces(text, caret) : findBare(text, caret, isAsked);
}

/** From `{{` to the caret, and on to the end of the reference when it is closed already. */
function findInBraces(text: string, caret: number): CompletionSpan | undefined {
	const open = /(?<!\\)\{\{([^{}]*\?\?)?\s*([\w.[\]-]*)$/.exec(text.slice(0, caret));
	if (!open) return undefined;
	const [, before, typed = ""] = open;
	const [rest = "", path = "", behind = ""] = /^([\w.[\]-]*)(\s*(?:\}\}|\?\?))?/.exec(text.slice(caret)) ?? [];
	if (before !== undefined || behind.endsWith("?"))
		return { from: caret - typed.length, to: caret + path.length, typed, isInner: true };
	return { from: open.index, to: caret + rest.length, typed };
}

function findBare(text: string, caret: number, isAsked: boolean): CompletionSpan | undefined {
	const before = text.slice(Math.max(0, caret - MAX_BEFORE), caret);
	if (isInString(before)) return undefined;
	const [typed = ""] = /[A-Za-z_][\w.]*$/.exec(before) ?? [];
	if (typed === "" && !(isAsked && /(^|[\s(!&|=<>,+*/-])$/.test(before))) return undefined;
	const [rest = ""] = /^\w*/.exec(text.slice(caret)) ?? [];
	return { from: caret - typed.length, to: caret + rest.length, typed };
}

/** As far as is looked back: an expression is never that long. */
const MAX_BEFORE = 5_000;

function isInString(before: string): boolean {
	const rest = before.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "");
	return /["']/.test(rest);
}
