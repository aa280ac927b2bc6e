import type { PlanSketch } from "./plan-sketch";

/** What follows `if`: which way to go on, and what is to be done there. */
export type Condition =
	/** By the exit of a step that there is. */
	| { kind: "failure" | "success" | "approved" | "declined"; action: string; subject: string }
	/** By a step that decides. */
	| { kind: "expression"; when: string; name: string; action: string };

const ACTION = "(?:,\\s|\\s|$)([\\s\\S]{0,4000})$";
const SUBJECT = "(?:it|that|this|they|one|(?:the\\s|any\\s|one of\\s)?[\\w§-]{1,30}(?:\\s[\\w§-]{1,30}){0,3}?)";
const rule = (source: string) => new RegExp(`^${source}${ACTION}`, "i");

const FAILS = rule(
	`(?<subject>${SUBJECT})\\s(?:fails?|failed|(?:is|are) down|does not (?:work|answer|respond)|breaks?|goes wrong|(?:is|are) red)`,
);
const WORKS = rule(`${SUBJECT}\\s(?:pass(?:es)?|succeeds?|works?|(?:is|are) (?:up|green|fine)|completes?)`);
const APPROVED = rule(
	"(?:it is\\s|it's\\s|they are\\s)?(?:approved|accepted|confirmed|they (?:agree|approve)|they say yes)",
);
const DECLINED = rule("(?:it is\\s|it's\\s)?(?:declined|rejected|not approved|they (?:decline|refuse)|they say no)");
const STATUS = rule("(?:the\\s)?(?:http\\s)?status(?:\\scode)?\\s(?:is|equals)\\s(not\\s)?(\\d{3})");
const CONTAINS = rule(
	`${SUBJECT}\\s(does not contain|doesn't contain|contains?|includes?|mentions?|says?)\\s(?:the\\s(?:word|text)\\s)?(§\\d{1,4}q|[\\w-]{1,60})`,
);
const COMPARES = rule(
	"(?:the\\s)?([\\w\\s]{1,40}?)\\s(?:is\\s|are\\s)?(greater than|more than|above|over|at least|less than|fewer than|below|under|exceeds|at most)\\s(\\d{1,12}(?:\\.\\d{1,6})?)%?",
);
const EQUALS = rule("(?:the\\s)?(?:input\\s)?([a-z]\\w{0,39})\\s(?:is|equals)\\s(not\\s)?(§\\d{1,4}q|[\\w.-]{1,60})");

const SIGNS: Readonly<Record<string, string>> = {
	...{ "greater than": ">", "more than": ">", above: ">", over: ">", exceeds: ">", "at least": ">=" },
	...{ "less than": "<", "fewer than": "<", below: "<", under: "<", "at most": "<=" },
};

export function readCondition(text: string, sketch: PlanSketch): Condition {
	const simple = [
		["approved", APPROVED],
		["declined", DECLINED],
		["failure", FAILS],
		["success", WORKS],
	] as const;
	for (const [kind, pattern] of simple) {
		const match = pattern.exec(text);
		if (match) return { kind, action: match.at(-1) ?? "", subject: match.groups?.subject ?? "" };
	}
	return readExpression(text, sketch) ?? guess(text, sketch);
}

/** A condition as CEL, of the steps that there are; undefined where the words are none that are known. */
export function readExpression(
	text: string,
	sketch: PlanSketch,
): Extract<Condition, { kind: "expression" }> | undefined {
	const { held, value = "run.workflow" } = sketch;
	const http = sketch.lastOf("http-request");
	const asked = STATUS.exec(text);
	if (asked && http !== undefined) {
		const [, not, code = "200", action = ""] = asked;
		const when = `steps.${http}.output.status ${not ? "!=" : "=="} ${code}`;
		return { kind: "expression", when, name: `Status ${not ? "not " : ""}${code}?`, action };
	}
	const contains = CONTAINS.exec(text);
	if (contains) {
		const [, verb = "", word = "", action = ""] = contains;
		const found = `string(${value}).contains(${JSON.stringify(held.plain(word))})`;
		const isNot = /not|n't/.test(verb);
		return { kind: "expression", when: isNot ? `!${found}` : found, name: `Contains ${held.plain(word)}?`, action };
	}
	return readComparison(text, sketch);
}

function readComparison(text: string, sketch: PlanSketch): Extract<Condition, { kind: "expression" }> | undefined {
	const compares = COMPARES.exec(text);
	if (compares) {
		const [, what = "", words = "", number = "0", action = ""] = compares;
		const name = `${what.trim()} ${SIGNS[words.toLowerCase()] ?? ">"} ${number}?`;
		return {
			kind: "expression",
			when: `${numberOf(what, sketch)} ${SIGNS[words.toLowerCase()] ?? ">"} ${asDouble(number)}`,
			name,
			action,
		};
	}
	const equals = EQUALS.exec(text);
	if (!equals) return undefined;
	const [, what = "", not, word = "", action = ""] = equals;
	const name = what.toLowerCase();
	sketch.input(name);
	const when = `inputs.${name} ${not ? "!=" : "=="} ${JSON.stringify(sketch.held.plain(word))}`;
	return { kind: "expression", when, name: `${what} ${not ? "is not" : "is"} ${sketch.held.plain(word)}?`, action };
}

/** The number that is meant: of what came last, or of the form. */
function numberOf(what: string, sketch: PlanSketch): string {
	const http = sketch.lastOf("http-request");
	if (/status/i.test(what) && http !== undefined) return `double(steps.${http}.output.status)`;
	if (/\b(?:time|duration|took)\b/i.test(what) && http !== undefined) return `double(steps.${http}.output.durationMs)`;
	const name = (what.toLowerCase().match(/[a-z]\w{0,30}/g) ?? ["number"]).at(-1) ?? "number";
	sketch.input({ name, type: "number", default: 0 });
	return `double(inputs.${name})`;
}

function asDouble(number: string): string {
	return number.includes(".") ? number : `${number}.0`;
}

/** Words that no rule knows become a question of the form, so that the drawing holds and the person sees where to look. */
function guess(text: string, sketch: PlanSketch): Condition {
	const [words = "", action = ""] = text.split(/,\s([\s\S]{0,4000})$/);
	sketch.input({ name: "condition", type: "boolean", label: sketch.held.plain(words).slice(0, 200), default: true });
	sketch.note(`The condition “${sketch.held.plain(words)}” is asked for in the form: replace it in the step.`);
	return { kind: "expression", when: "inputs.condition == true", name: "Condition", action };
}
