import { RE2JS, RE2JSException } from "re2js";
import { cacheByText } from "../../../plan/expressions/text-cache";
import { formatMatcher, type Matcher, parseMatchers } from "./matchers";

const MAX_PATTERN = 1_000;

/** Why a matcher can never be asked; undefined for one that can be. */
export function patternProblem({ operator, value }: Matcher): string | undefined {
	if (operator === "=" || operator === "!=") return undefined;
	if (value.length > MAX_PATTERN) return `A pattern holds at most ${MAX_PATTERN} characters.`;
	try {
		compile(value);
		return undefined;
	} catch (error) {
		if (error instanceof RE2JSException) return `The pattern “${value.slice(0, 60)}” cannot be read: ${error.message}.`;
		throw error;
	}
}

/**
 * The first of the matchers that says no to an alert with these labels, and why; undefined where all of them hold. A label
 * that an alert does not have is an empty text.
 */
export function explainMismatch(
	texts: readonly string[],
	labels: Readonly<Record<string, string>>,
): string | undefined {
	for (const text of texts) {
		const { matchers, problem } = parseMatchers(text);
		if (problem !== undefined) return `The matcher ${text} cannot be read. ${problem}`;
		const no = matchers.find((matcher) => !matches(matcher, labels));
		if (no) return `${formatMatcher(no)} says no: ${tellLabel(no.label, labels)}.`;
	}
	return undefined;
}

function matches(matcher: Matcher, labels: Readonly<Record<string, string>>): boolean {
	const { label, operator, value } = matcher;
	const actual = labelValue(label, labels);
	if (operator === "=") return actual === value;
	if (operator === "!=") return actual !== value;
	if (patternProblem(matcher) !== undefined) return false;
	return compile(value).matcher(actual).matches() === (operator === "=~");
}

function labelValue(label: string, labels: Readonly<Record<string, string>>): string {
	return (Object.hasOwn(labels, label) ? labels[label] : undefined) ?? "";
}

function tellLabel(label: string, labels: Readonly<Record<string, string>>): string {
	const actual = labelValue(label, labels);
	return actual === "" ? `it has no ${label}` : `${label} is ${JSON.stringify(actual.slice(0, 80))}`;
}

/** Anchored at both ends by `matches`, as Alertmanager does; `.` is any character, as in its Go. */
const compile = cacheByText((pattern) => RE2JS.compile(pattern, RE2JS.DOTALL), 100_000);
