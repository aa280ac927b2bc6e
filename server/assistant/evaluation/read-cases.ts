import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parsePlan } from "@/server/plan/parse-plan";
import type { Plan } from "@/server/plan/plan";
import { jsonObjectSchema, jsonSchema } from "@/server/plan/values/json";
import { fromReadable } from "@/server/plan/yaml/readable-plan";

const caseSchema = z.strictObject({
	id: z.string(),
	/** What somebody writes. */
	text: z.string(),
	/** The workflow that it is about; an empty one without it. */
	base: z.string().optional(),
	/** Kinds of triggers that there have to be. */
	triggers: z.array(z.string()).default([]),
	/** Types of steps, in the order in which they run; others may stand between them. */
	steps: z.array(z.string()),
	/** A setting of some step or trigger of a type. */
	has: z.array(z.strictObject({ of: z.string(), field: z.string(), equals: jsonSchema })).default([]),
	/** Connections by types: `approval.approved -> shell`. */
	edges: z.array(z.string()).default([]),
	/** `shell in for-each` */
	inside: z.array(z.string()).default([]),
	/** Types of which there must be none. */
	absent: z.array(z.string()).default([]),
});
export type EvaluationCase = z.infer<typeof caseSchema>;

const fileSchema = z.strictObject({ bases: z.record(z.string(), jsonObjectSchema), cases: z.array(caseSchema) });

/** The described workflows by which models and rules are measured. */
export function readCases(): { cases: EvaluationCase[]; planOf(base: string | undefined): Plan } {
	const text = readFileSync(join(import.meta.dirname, "cases.json"), "utf8");
	const { bases, cases } = fileSchema.parse(JSON.parse(text));
	const planOf = (base: string | undefined) => {
		const { plan } = parsePlan(fromReadable(bases[base ?? ""] ?? { version: 1, nodes: [] }));
		if (!plan) throw new Error(`The plan ${base} of the evaluation cannot be read.`);
		return plan;
	};
	return { cases, planOf };
}
