import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { countOf, summarizeExpression } from "../summary-text";

const caseSchema = z.strictObject({
	name: z
		.string()
		.regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,59}$/u, "Use letters, digits, spaces and . _ -, at most 60")
		.meta({ label: "Name", placeholder: "bug" }),
	when: z.string().trim().min(1, "Write the condition of this case").max(4_000).meta({
		label: "When",
		help: "A CEL expression that is true or false.",
		placeholder: 'inputs.kind == "bug"',
		widget: "cel",
		references: "none",
	}),
});

const configSchema = z.strictObject({
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
		.meta({ label: "Cases", help: "Tried from the top; the first true one is taken, else the exit called else." }),
});

export const switchDefinition = defineNode({
	type: "switch",
	title: "Switch",
	description: "Takes the first of several ways whose condition is true.",
	icon: "route",
	keywords: ["route", "router", "case", "branch", "choose", "match", "paths"],
	category: "flow",
	kind: "step",
	canFail: () => true,
	ports: ({ cases }) => [...new Set([...caseNames(cases).map((name) => `case:${name}`), "else"])],
	config: configSchema,
	output: z.object({ case: z.string().nullable().meta({ label: "Name of the case taken; nothing for else" }) }),
	summary: ({ cases }) => sharedSubject(cases) ?? countOf(caseNames(cases).length, "case"),
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
