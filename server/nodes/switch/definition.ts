import { z } from "zod";
import { hasExpressions } from "@/server/plan/expressions/rules";
import { isObject, jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { countOf, summarizeExpression, summarizeReference } from "../summary-text";

const caseSchema = z
	.strictObject({
		name: z
			.string()
			.regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,59}$/u, "Use letters, digits, spaces and . _ -, at most 60")
			.meta({ label: "Name", placeholder: "bug" }),
		equals: jsonSchema.optional().meta({
			label: "Equals",
			help: "What the value has to be; a list means one of these.",
			placeholder: "bug",
			visibleWhen: ({ when }) => when === undefined,
		}),
		when: z
			.string()
			.trim()
			.min(1, "Enter the condition of this case")
			.max(4_000)
			.optional()
			.meta({
				label: "When",
				help: "A CEL expression that is true or false, instead of comparing the value.",
				placeholder: 'inputs.kind == "bug"',
				widget: "cel",
				references: "none",
				// Written in the place of a value, by choice.
				visibleWhen: () => false,
			}),
	})
	.superRefine(({ equals, when }, context) => {
		if ((equals === undefined) !== (when === undefined)) return;
		const message =
			when === undefined
				? "Enter what the value equals, or write a condition"
				: "Use a value or a condition in this case, not both";
		context.addIssue({ code: "custom", path: [when === undefined ? "equals" : "when"], message });
	});

const configSchema = z
	.strictObject({
		value: jsonSchema.optional().meta({
			label: "Value",
			help: "What the cases compare. A value that is missing leaves by else.",
			placeholder: "{{ inputs.kind }}",
			missing: "null",
			visibleWhen: ({ cases }) => !hasExpressions(cases),
		}),
		cases: z
			.array(caseSchema)
			.min(1, "Add at least one case")
			.max(50)
			.superRefine((cases, context) => {
				const names = new Set<string>();
				for (const [index, { name }] of cases.entries()) {
					if (names.has(name)) {
						context.addIssue({
							code: "custom",
							path: [index, "name"],
							message: `Two cases are called ${name}; give one another name`,
						});
					}
					names.add(name);
				}
			})
			.meta({
				label: "Cases",
				help: "Checked from the top. The first that matches is taken; if none does, the port “else”.",
				otherForm: "cases",
			}),
	})
	.refine(({ value, cases }) => value !== undefined || cases.every(({ equals }) => equals === undefined), {
		path: ["value"],
		message: "Choose the value that the cases compare",
	});

export const switchDefinition = defineNode({
	type: "switch",
	title: "Switch",
	description: "Takes the first case that matches.",
	icon: "route",
	keywords: ["route", "router", "case", "branch", "choose", "match", "paths"],
	category: "flow",
	kind: "step",
	hasEffect: false,
	canFail: () => true,
	ports: ({ cases }) => [...new Set([...caseNames(cases).map((name) => `case:${name}`), "else"])],
	outline: ({ cases }) => ({ cases: caseNames(cases).map((name) => ({ name })) }),
	portOf: (output) => {
		if (!isObject(output)) return undefined;
		return output.case === null ? "else" : `case:${output.case}`;
	},
	config: configSchema,
	output: z.object({ case: z.string().nullable().meta({ label: "Name of the case taken; null for else" }) }),
	summary: ({ value, cases }) =>
		(typeof value === "string" && value.trim() !== "" ? summarizeReference(value) : sharedSubject(cases)) ??
		countOf(caseNames(cases).length, "case"),
});

function caseNames(cases: unknown): string[] {
	return fieldsOf(cases, "name").filter((name) => name !== "" && name.length <= 60);
}

/** `inputs.kind` when every case compares just that with something. */
function sharedSubject(cases: unknown): string | undefined {
	const subjects = fieldsOf(cases, "when").map((when) => /^\s*([\w.]+)\s*==/.exec(when)?.[1]);
	const [first] = subjects;
	if (first === undefined || subjects.some((subject) => subject !== first)) return undefined;
	return summarizeExpression(first, first);
}

function fieldsOf(cases: unknown, field: "name" | "when"): string[] {
	if (!Array.isArray(cases)) return [];
	return cases.flatMap((entry: unknown) => {
		const parsed = z.object({ [field]: z.string() }).safeParse(entry);
		return parsed.success ? Object.values(parsed.data) : [];
	});
}
