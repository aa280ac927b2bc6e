import { z } from "zod";
import { parseInstant } from "../values/instant";
import { type Json, jsonSchema } from "../values/json";
import { isSameJson } from "../values/same-json";
import { shorten } from "../values/text-problem";
import { readBoolean, readNumber, toText } from "../values/value-text";

const operatorSchema = z.enum([
	"equals",
	"not-equals",
	"contains",
	"not-contains",
	"starts-with",
	"ends-with",
	"is-empty",
	"is-not-empty",
	"greater",
	"greater-or-equal",
	"less",
	"less-or-equal",
	"is-one-of",
	"is-not-one-of",
]);
export type RuleOperator = z.infer<typeof operatorSchema>;

/** Whether the cases of a config have an expression each, in place of a value that they compare. */
export function hasExpressions(cases: unknown): boolean {
	const isExpression = (each: unknown) => typeof each === "object" && each !== null && "when" in each;
	return Array.isArray(cases) && cases.some(isExpression);
}

/** What a rule can ask, in the order of a menu. `hasRight`: it compares with a second value. */
export const RULE_OPERATORS: Readonly<Record<RuleOperator, { label: string; hasRight: boolean }>> = {
	equals: { label: "equals", hasRight: true },
	"not-equals": { label: "does not equal", hasRight: true },
	contains: { label: "contains", hasRight: true },
	"not-contains": { label: "does not contain", hasRight: true },
	"starts-with": { label: "starts with", hasRight: true },
	"ends-with": { label: "ends with", hasRight: true },
	"is-empty": { label: "is empty", hasRight: false },
	"is-not-empty": { label: "is not empty", hasRight: false },
	greater: { label: "is greater than", hasRight: true },
	"greater-or-equal": { label: "is at least", hasRight: true },
	less: { label: "is less than", hasRight: true },
	"less-or-equal": { label: "is at most", hasRight: true },
	"is-one-of": { label: "is one of", hasRight: true },
	"is-not-one-of": { label: "is not one of", hasRight: true },
};

/** One comparison of a condition that is built from fields. */
export const ruleSchema = z
	.strictObject({
		left: jsonSchema.meta({
			label: "Value",
			placeholder: "{{ steps.test.output.exitCode }}",
			missing: "null",
		}),
		operator: operatorSchema.default("equals").meta({ label: "Comparison", widget: "select" }),
		right: jsonSchema.optional().meta({ label: "Compare with", placeholder: "0" }),
	})
	.superRefine(({ operator, right }, context) => {
		const { label, hasRight } = RULE_OPERATORS[operator];
		if (hasRight === (right !== undefined)) return;
		const message = hasRight ? "Enter what to compare with" : `“${label}” compares with nothing. Remove this value`;
		context.addIssue({ code: "custom", path: ["right"], message });
	});
export type Rule = z.infer<typeof ruleSchema>;

/** Two values that a rule cannot compare, in words for the author of the rule. */
export class RuleError extends Error {
	override readonly name = "RuleError";
}

/**
 * Whether the rules hold, all of them or any. Their references are replaced already.
 * @throws RuleError when values are to be ordered that are neither numbers nor dates.
 */
export function evaluateRules({ match, rules }: { match: "all" | "any"; rules: readonly Rule[] }): boolean {
	const holds = (rule: Rule) => TESTS[rule.operator](rule.left, rule.right ?? null);
	return match === "all" ? rules.every(holds) : rules.some(holds);
}

/** Equal as a person means it: `"2"` and 2, `"true"` and true, texts without regard to line ends behind them. */
export function isSameValue(left: Json, right: Json): boolean {
	if (typeof left === "string" && typeof right === "string") return trimEnd(left) === trimEnd(right);
	if (typeof left === "string") return isSameJson(readAs(right, left), right);
	return typeof right === "string" ? isSameValue(right, left) : isSameJson(left, right);
}

type Test = (left: Json, right: Json) => boolean;

const TESTS: Readonly<Record<RuleOperator, Test>> = {
	equals: isSameValue,
	"not-equals": (left, right) => !isSameValue(left, right),
	contains: isInside,
	"not-contains": (left, right) => !isInside(left, right),
	"starts-with": (left, right) => left !== null && toText(left).startsWith(toText(right)),
	"ends-with": (left, right) => left !== null && trimEnd(toText(left)).endsWith(trimEnd(toText(right))),
	"is-empty": isEmpty,
	"is-not-empty": (left) => !isEmpty(left),
	greater: ordered((order) => order > 0),
	"greater-or-equal": ordered((order) => order >= 0),
	less: ordered((order) => order < 0),
	"less-or-equal": ordered((order) => order <= 0),
	"is-one-of": (left, right) => listOf(right).some((item) => isSameValue(left, item)),
	"is-not-one-of": (left, right) => !listOf(right).some((item) => isSameValue(left, item)),
};

function readAs(sample: Json, text: string): Json | undefined {
	if (typeof sample === "number") return readNumber(text);
	return typeof sample === "boolean" ? readBoolean(text) : undefined;
}

/** What a command prints ends in a line break that nobody means. */
function trimEnd(text: string): string {
	let end = text.length;
	while (text[end - 1] === "\n" || text[end - 1] === "\r") end -= 1;
	return text.slice(0, end);
}

function isInside(left: Json, right: Json): boolean {
	if (left === null) return false;
	if (Array.isArray(left)) return left.some((item) => isSameValue(item, right));
	if (typeof left === "object") return Object.hasOwn(left, toText(right));
	return toText(left).includes(toText(right));
}

function isEmpty(value: Json): boolean {
	if (typeof value === "string") return value.trim() === "";
	if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
	return value === null;
}

function listOf(value: Json): Json[] {
	if (typeof value !== "string") return Array.isArray(value) ? value : [value];
	return value
		.split(/[,\n]/)
		.map((item) => item.trim())
		.filter((item) => item !== "");
}

/** Nothing is neither more nor less than something. */
function ordered(fits: (order: number) => boolean): Test {
	return (left, right) => !isEmpty(left) && !isEmpty(right) && fits(compare(left, right));
}

function compare(left: Json, right: Json): number {
	for (const read of [toNumber, toInstant]) {
		const [one, other] = [read(left), read(right)];
		if (one !== undefined && other !== undefined) return one - other;
	}
	throw new RuleError(
		`${show(left)} and ${show(right)} have no order: only numbers and dates can be greater or less. Compare others with “equals”.`,
	);
}

function toNumber(value: Json): number | undefined {
	if (typeof value === "number") return value;
	return typeof value === "string" ? readNumber(value) : undefined;
}

function toInstant(value: Json): number | undefined {
	return typeof value === "string" ? parseInstant(value) : undefined;
}

function show(value: Json): string {
	return shorten(JSON.stringify(value));
}
