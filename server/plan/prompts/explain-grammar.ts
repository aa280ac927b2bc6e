import { z } from "zod";
import { placeOf, type TextProblem } from "../values/text-problem";

/** What the parser tells about a mistake: its place, or that two blocks do not match. */
const mistakeSchema = z.object({
	message: z.string(),
	lineNumber: z.number().optional(),
	column: z.number().optional(),
	hash: z
		.object({ token: z.string(), text: z.string(), loc: z.object({ last_line: z.number(), last_column: z.number() }) })
		.optional(),
});

/** Says in plain words, and with the place, why the grammar refuses a text. */
export function explainGrammar(text: string, error: unknown): TextProblem {
	const parsed = mistakeSchema.safeParse(error);
	const { message, lineNumber, column, hash } = parsed.data ?? { message: "" };
	if (!hash) return { line: lineNumber ?? 1, column: (column ?? 0) + 1, message: explainBlocks(message) };
	if (hash.token === "EOF") return explainOpen(text);
	return { line: hash.loc.last_line, column: hash.loc.last_column + 1, message: explainToken(hash.token) };
}

function explainBlocks(message: string): string {
	const [, opened, closed] = /^(\S+) doesn't match (\S+) - /.exec(message) ?? [];
	return opened === undefined
		? "This cannot be read. Write a path between braces, as in {{name}}."
		: `{{#${opened}}} is closed by {{/${closed}}}. Close it with {{/${opened}}}.`;
}

function explainToken(token: string): string {
	switch (token) {
		case "OPEN_ENDBLOCK":
			return "This closes a block that was never opened. Remove it.";
		case "INVERSE":
		case "OPEN_INVERSE_CHAIN":
			return "{{else}} stands outside of any block. Put it between {{#if …}} and {{/if}}.";
		case "NUMBER":
		case "BOOLEAN":
		case "NULL":
		case "UNDEFINED":
			return "Write this part of the path in brackets, as in items.[0].";
		case "CLOSE":
			return "Nothing stands between these braces. Name a variable, as in {{name}}.";
		default:
			return "This cannot be read. Write a path between braces, as in {{name}}; for a literal {{ write \\{{.";
	}
}

/** The block that is never closed, where it is opened. */
function explainOpen(text: string): TextProblem {
	const open: { name: string; index: number }[] = [];
	for (const { 1: sign, 2: name = "", index } of text.matchAll(/\{\{~?([#/])(\w+)/g)) {
		if (sign === "#") open.push({ name, index });
		else open.pop();
	}
	const block = open.at(-1);
	if (!block) return { ...placeOf(text, text.lastIndexOf("{{")), message: "These braces are never closed. Add }}." };
	const { name, index } = block;
	return { ...placeOf(text, index), message: `{{#${name}}} is never closed. Add {{/${name}}}.` };
}
