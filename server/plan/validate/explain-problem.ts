import type { z } from "zod";
import { lowerFirst } from "../values/lower-first";
import { kindsAt, labelAt } from "../values/schema-tree";

const DEFAULT_MESSAGE = /^(?:Invalid|Too (?:small|big)|Unrecognized)/;

/**
 * Says in a plain sentence what a schema found wrong. A message that the schema's author wrote is kept.
 * @param input the value that was checked, to tell a missing field from a wrong one.
 */
export function explainProblem(problem: z.core.$ZodIssue, schema: z.core.$ZodType, input: unknown): string {
	if (!DEFAULT_MESSAGE.test(problem.message)) return endSentence(problem.message);
	const label = labelAt(schema, problem.path) || "The value";
	if (problem.code !== "unrecognized_keys" && valueAt(input, problem.path) === undefined) return askFor(problem, label);
	if (problem.code === "invalid_union") {
		const kinds = kindsAt(schema, problem.path);
		if (kinds.length > 0) return explainKind(label, valueAt(input, problem.path), kinds);
	}
	return `${label} ${describeProblem(problem)}.`;
}

/** What to do about a field that is not there: `Enter the command.`, `Choose the method.`, `Enter the name of case 1.` */
function askFor({ code }: z.core.$ZodIssue, label: string): string {
	// A key of a file, which no form has a label for.
	if (/^[a-z]/.test(label)) return `Add “${label}”.`;
	const parts = label.split(", ").map(lowerFirst);
	const [field = "", ...around] = parts.toReversed();
	const place = around.length === 0 ? "" : ` of ${around.join(" of ")}`;
	if (CLAUSE.test(field)) return `Fill in “${label}”.`;
	return `${code === "invalid_value" ? "Choose" : "Enter"} the ${field}${place}.`;
}

/** Labels that are no nouns: “Enter the when” says nothing. */
const CLAUSE = /^(?:answer as|at |do |equals|give |keep |or |read |save |stop |true |wait |when|who )/;

/** What other forms and schemas call the kinds of a field. */
const KIND_HABITS: ReadonlyMap<unknown, string> = new Map([
	...["string", "str"].map((name) => [name, "text"] as const),
	...["integer", "int", "float"].map((name) => [name, "number"] as const),
	...["bool", "checkbox"].map((name) => [name, "boolean"] as const),
	...["choice", "enum", "dropdown"].map((name) => [name, "select"] as const),
	...["object", "array", "list"].map((name) => [name, "json"] as const),
]);

function explainKind(label: string, value: unknown, kinds: readonly string[]): string {
	const meant = KIND_HABITS.get(value);
	const advice = meant !== undefined && kinds.includes(meant) ? ` Write ${meant}, not ${String(value)}.` : "";
	return `${label} must be one of: ${kinds.slice(0, 12).join(", ")}.${advice}`;
}

/** The value at a path, following own properties only. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
	let value = input;
	for (const part of path) {
		if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
		value = Reflect.get(value, part);
	}
	return value;
}

function describeProblem(problem: z.core.$ZodIssue): string {
	switch (problem.code) {
		case "invalid_type":
			return `must be ${TYPES[problem.expected] ?? `a value of type ${problem.expected}`}`;
		case "invalid_value":
			return problem.values.length === 1
				? `must be ${String(problem.values[0])}`
				: `must be one of: ${problem.values.slice(0, 12).map(String).join(", ")}`;
		case "too_small":
			return describeBound(problem.origin, "at least", { limit: problem.minimum, within: problem.inclusive });
		case "too_big":
			return describeBound(problem.origin, "at most", { limit: problem.maximum, within: problem.inclusive });
		case "unrecognized_keys":
			return `has no field ${problem.keys.slice(0, 5).join(", ")}`;
		case "invalid_format":
			return `does not have the right form${problem.format === "regex" ? "" : ` (${problem.format})`}`;
		case "not_multiple_of":
			return `must be a multiple of ${problem.divisor}`;
		default:
			return "has a value that does not fit here";
	}
}

const TYPES: Partial<Record<string, string>> = {
	string: "a text",
	number: "a number",
	int: "a whole number",
	boolean: "true or false",
	array: "a list",
	object: "an object",
	record: "an object",
	null: "null",
};

interface Bound {
	limit: number | bigint;
	/** False when the limit itself is not allowed. */
	within: boolean | undefined;
}

function describeBound(
	origin: string,
	relation: "at least" | "at most",
	{ limit: bound, within = true }: Bound,
): string {
	const limit = bound.toLocaleString("en-US");
	const isOne = Number(bound) === 1;
	if (origin === "string")
		return relation === "at least" && isOne ? "is empty" : `must have ${relation} ${limit} characters`;
	if (origin === "array" || origin === "set") return `must have ${relation} ${limit} ${isOne ? "entry" : "entries"}`;
	if (origin !== "string" && Number(bound) === 0 && relation === "at least" && within) return "must be 0 or more";
	if (!within) return `must be ${relation === "at least" ? "more" : "less"} than ${limit}`;
	return `must be ${relation} ${limit}`;
}

function endSentence(message: string): string {
	return /[.!?…]$/.test(message) ? message : `${message}.`;
}
