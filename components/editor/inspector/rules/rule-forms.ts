import { z } from "zod";
import { readRules, writeRules } from "@/server/plan/expressions/rule-expressions";
import { RULE_OPERATORS, type Rule, type RuleOperator } from "@/server/plan/expressions/rules";
import { type Json, type JsonObject, jsonObjectSchema } from "@/server/plan/values/json";
import { isSameJson } from "@/server/plan/values/same-json";

const draftsSchema = z.array(jsonObjectSchema);

/** The rules or cases of a draft as they are written; undefined when they are no list of objects. */
export function readDrafts(value: Json | undefined): readonly JsonObject[] | undefined {
	return draftsSchema.safeParse(value ?? []).data;
}

export function operatorOf({ operator }: JsonObject): RuleOperator {
	return isOperator(operator) ? operator : "equals";
}

function isOperator(value: Json | undefined): value is RuleOperator {
	return typeof value === "string" && Object.hasOwn(RULE_OPERATORS, value);
}

/** A rule with another operator: one that compares with nothing has no second value. */
export function withOperator(rule: JsonObject, operator: string): JsonObject {
	const { right, ...rest } = rule;
	const hasRight = isOperator(operator) && RULE_OPERATORS[operator].hasRight;
	return { ...rest, operator, ...(hasRight && right !== undefined && { right }) };
}

/** A condition made of rules as the expression that says the same. */
export function conditionAsExpression({ match, rules, ...rest }: JsonObject): JsonObject {
	const drafts = readDrafts(rules) ?? [];
	return { ...rest, when: writeRules({ match: match === "any" ? "any" : "all", rules: drafts.map(completeRule) }) };
}

/** A condition that is an expression, as rules; undefined when it says more than they can. */
export function conditionAsRules({ when, match: _, rules: __, ...rest }: JsonObject): JsonObject | undefined {
	if (isBlank(when)) return rest;
	const found = typeof when === "string" ? readRules(when) : undefined;
	return found && { ...rest, ...(found.match === "any" && { match: found.match }), rules: found.rules };
}

/** A switch on one value, as one with an expression in each case. */
export function switchAsExpressions({ value = "", cases, ...rest }: JsonObject): JsonObject {
	const drafts = readDrafts(cases) ?? [];
	return {
		...rest,
		cases: drafts.map(({ equals, ...each }) => ({ ...each, when: each.when ?? writeEquality(value, equals) })),
	};
}

function writeEquality(left: Json, right: Json | undefined): string {
	if (right === undefined) return "";
	const operator = Array.isArray(right) ? "is-one-of" : "equals";
	return writeRules({ match: "all", rules: [{ left, operator, right }] });
}

/** A switch whose cases all compare the same value, as one on that value; undefined when they say more than that. */
export function switchAsValue({ cases, ...rest }: JsonObject): JsonObject | undefined {
	const drafts = readDrafts(cases) ?? [];
	const rules = drafts.map(({ when }) => (isBlank(when) ? "blank" : readEquality(when)));
	const [first] = rules.filter((rule) => rule !== "blank");
	const isOne = rules.every((rule) => rule === "blank" || (rule && isSameJson(rule.left, first?.left)));
	if (!isOne) return undefined;
	const turned = drafts.map(({ when: _, ...each }, index): JsonObject => {
		const rule = rules[index];
		return rule === undefined || rule === "blank" ? each : { ...each, equals: rule.right ?? null };
	});
	return { ...rest, ...(first && { value: first.left }), cases: turned };
}

function readEquality(when: Json | undefined): Rule | undefined {
	const [rule, ...others] = (typeof when === "string" && readRules(when)?.rules) || [];
	const compares = rule?.operator === "equals" || rule?.operator === "is-one-of";
	return compares && others.length === 0 ? rule : undefined;
}

function completeRule(draft: JsonObject): Rule {
	const operator = operatorOf(draft);
	const { left = "", right = "" } = draft;
	return { left, operator, ...(RULE_OPERATORS[operator].hasRight && { right }) };
}

function isBlank(value: Json | undefined): boolean {
	return value === undefined || (typeof value === "string" && value.trim() === "");
}
