import { catalog } from "@/server/nodes/catalog";
import { indexPlan } from "@/server/plan/graph/index-plan";
import { orderPlan } from "@/server/plan/graph/plan-order";
import { isError } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import { isSameJson } from "@/server/plan/values/same-json";
import type { EvaluationCase } from "./read-cases";

interface Score {
	passed: number;
	/** What does not hold, in words. */
	missed: string[];
}

/** Whether a plan is what a case describes: it is valid, and each thing that is asked for is there. */
export function scorePlan(plan: Plan, asked: EvaluationCase): Score {
	const errors = validatePlan(plan, { definitions: catalog }).filter(isError);
	const triggers = new Set<string>(plan.triggers.map(({ type }) => type));
	const types = new Set(plan.nodes.map(({ type }) => type));
	const checks: [string, boolean][] = [
		[`valid: ${errors.map(({ message }) => message).join(" ")}`, errors.length === 0],
		...asked.triggers.map((type): [string, boolean] => [`trigger ${type}`, triggers.has(type)]),
		[`steps ${asked.steps.join(", ")}`, hasInOrder(typesInOrder(plan), asked.steps)],
		...asked.has.map((setting): [string, boolean] => [`${setting.of} ${setting.field}`, hasSetting(plan, setting)]),
		...asked.edges.map((edge): [string, boolean] => [edge, edgesByType(plan).has(edge)]),
		...asked.inside.map((inside): [string, boolean] => [inside, insideByType(plan).has(inside)]),
		...asked.absent.map((type): [string, boolean] => [`no ${type}`, !types.has(type)]),
	];
	const missed = checks.flatMap(([name, holds]) => (holds ? [] : [name]));
	return { passed: checks.length - missed.length, missed };
}

function typesInOrder(plan: Plan): string[] {
	const { sorted } = orderPlan(indexPlan(plan));
	return sorted.map(({ node }) => node.type);
}

function hasInOrder(types: readonly string[], wanted: readonly string[]): boolean {
	let at = 0;
	for (const type of types) if (type === wanted[at]) at += 1;
	return at === wanted.length;
}

function hasSetting({ nodes, triggers }: Plan, { of, field, equals }: EvaluationCase["has"][number]): boolean {
	const ofNodes = nodes
		.filter(({ type }) => type === of)
		.map((node) => ({ ...node.config, onFailure: node.onFailure, retry: node.retry }));
	const ofTriggers = triggers.filter(({ type }) => type === of);
	return [...ofNodes, ...ofTriggers].some((values) => isSameJson(at(values, field), equals));
}

function at(values: object, field: string): unknown {
	return field
		.split(".")
		.reduce<unknown>(
			(value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
			values,
		);
}

function edgesByType({ nodes, edges }: Plan): Set<string> {
	const typeOf = new Map(nodes.map(({ id, type }) => [id, type]));
	return new Set(
		edges.map(({ from, port, to }) => `${typeOf.get(from)}${port === "out" ? "" : `.${port}`} -> ${typeOf.get(to)}`),
	);
}

function insideByType({ nodes }: Plan): Set<string> {
	const typeOf = new Map(nodes.map(({ id, type }) => [id, type]));
	return new Set(
		nodes.flatMap(({ type, parent }) => (parent === undefined ? [] : [`${type} in ${typeOf.get(parent)}`])),
	);
}
