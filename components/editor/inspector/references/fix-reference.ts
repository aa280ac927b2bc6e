import { celReferences } from "@/server/plan/expressions/cel";
import type { TextKind } from "@/server/plan/expressions/field-rules";
import type { Reference } from "@/server/plan/expressions/reference";
import { formatPath } from "@/server/plan/expressions/scope";
import { insertionsIn, referencesIn } from "@/server/plan/expressions/template";
import type { Issue } from "@/server/plan/issue";

/** The references of a text, read as the kind of text it is. */
export function referencesOfText(text: string, kind: TextKind): readonly Reference[] {
	if (kind === "code") return [];
	return kind === "cel" ? celReferences(text) : referencesIn(text);
}

/** What stands between each pair of braces, also while another one in the same text is still being typed. */
export function closedReferences(text: string): Reference[] {
	return [...text.matchAll(/(?<!\\)\{\{[^{}]*\}\}/g)].flatMap(({ 0: source, index }) =>
		insertionsIn(source).map((reference) => shiftReference(reference, index)),
	);
}

function shiftReference(reference: Reference, by: number): Reference {
	const { start, end, parts, otherwise } = reference;
	return {
		...reference,
		start: start + by,
		end: end + by,
		parts: parts.map((part) => ({ start: part.start + by, end: part.end + by })),
		...(otherwise && { otherwise: "path" in otherwise ? shiftReference(otherwise, by) : otherwise }),
	};
}

/** Whether an issue is about this reference: its message names the path, or it is about the credential. */
export function isAbout({ code, message, credential }: Issue, { path }: Pick<Reference, "path">): boolean {
	if (code === "missing_credential") return path[0] === "secrets" && path[1] === credential;
	const written = formatPath(path);
	if (code === "outside_container") return message.startsWith(`${path[0]} `) || message.startsWith(`${written} `);
	return message.startsWith(`${written}: `);
}

/** The text with the suggestion of an issue in the place of what is wrong; undefined when there is no such place. */
export function applySuggestion(text: string, kind: TextKind, issue: Issue): string | undefined {
	const { suggestion } = issue;
	if (suggestion === undefined) return undefined;
	const wrong = referencesOfText(text, kind).filter((reference) => isAbout(issue, reference));
	if (wrong.length === 0) return undefined;
	return wrong.toReversed().reduce((fixed, { parts }) => {
		const [first, last] = [parts[0], parts.at(-1)];
		return first && last ? fixed.slice(0, first.start) + suggestion + fixed.slice(last.end) : fixed;
	}, text);
}
