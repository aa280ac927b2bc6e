import { placeOf, shorten, type TextProblem } from "../values/text-problem";

/** A mistake in a text with references, at the offset of its braces. */
export class TemplateMistake extends Error {
	constructor(
		readonly start: number,
		message: string,
	) {
		super(message);
	}
}

export const PATHS_ONLY =
	"Only paths such as {{ inputs.name }} can be used between braces. For a literal {{ write \\{{.";

export const NEVER_CLOSED = "This {{ is never closed with }}. For a literal {{ write \\{{.";

export const DEFAULT_FORM =
	'Behind ?? stands a text in quotes, a number, true, false, null or another path, as in {{ inputs.name ?? "none" }}.';

export const NO_BRACES = "A default cannot hold braces. Set the value in a step before.";

export function describeMistake(text: string, { start, message }: TemplateMistake): TextProblem {
	const end = text.indexOf("}}", start);
	const source = shorten(text.slice(start, end < 0 ? undefined : end + 2), 40);
	return { ...placeOf(text, start), message: `${source}: ${message}` };
}

/** What stands between braces is short, or pasted text. */
const MAX_LOOKED_AT = 1_000;

/** What people write between braces out of habit, with the form that means the same here. */
const HABITS: readonly (readonly [RegExp, string])[] = [
	[/\?\?.*["'][^"']*[{}]/s, NO_BRACES],
	[/\?\?/, DEFAULT_FORM],
	[/\|\|/, 'Write ?? for a default, as in {{ inputs.name ?? "none" }}.'],
	[/\|\s*[A-Za-z]/, "A value cannot be changed between the braces. Change it in a Transform step and use its output."],
	[/[\w\]]\s*\(/, "Functions cannot be called between the braces. Call them in a Transform step and use its output."],
	[/[-+*/%<>=!&?]/, "Braces hold paths only. Compute the value in a Transform step and use its output."],
];

/** What to write in the place of what stands between braces and cannot be read. */
export function explainMistake(inner: string, isReadable: (source: string) => boolean): string {
	if (/\$(?:json|node|input|items?)\b|\$\(/.test(inner))
		return "Name the step that has the value, as in {{ steps.test.output }}.";
	const dotted = `{{ ${dotBrackets(inner.trim())} }}`;
	if (/\[/.test(inner) && isReadable(dotted)) return `Write ${shorten(dotted, 80)}: each part stands behind a dot.`;
	const shown = inner.slice(0, MAX_LOOKED_AT);
	return HABITS.find(([pattern]) => pattern.test(shown))?.[1] ?? PATHS_ONLY;
}

/** `items[0]["first name"]` as `items.0.[first name]`. */
function dotBrackets(path: string): string {
	return path.replace(
		/\.?\[(?:"([^"[\]]*)"|'([^'[\]]*)'|(\d+))\]/g,
		(_, double?: string, single?: string, index?: string) => {
			const name = double ?? single ?? index ?? "";
			return /^\w+$/.test(name) ? `.${name}` : `.[${name}]`;
		},
	);
}
