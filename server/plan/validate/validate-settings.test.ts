import { expect, test } from "vitest";
import { planSchema } from "../plan";
import { testDefinitions } from "../test-definitions";
import { validatePlan } from "./validate-plan";

function problemsOf(plan: object) {
	const parsed = planSchema.parse({ version: 1, nodes: [], ...plan });
	return validatePlan(parsed, { definitions: testDefinitions }).map(
		({ severity, field, code, message, suggestion }) => ({
			severity,
			field,
			code,
			message,
			...(suggestion && { suggestion }),
		}),
	);
}
const keyed = (key: string) =>
	problemsOf({
		inputs: [{ name: "branch", type: "text" }],
		settings: { concurrency: { limit: 1, key } },
		nodes: [{ id: "a", type: "shell", name: "A", config: { command: "ls" } }],
	});

test("what runs are counted by may name inputs and the trigger, with a default", () => {
	for (const key of ["", "all", "{{ inputs.branch }}", '{{ inputs.branch ?? "main" }}-{{ trigger.type }}'])
		expect(keyed(key)).toEqual([]);
});

test("what runs are counted by is checked like an expression in a step", () => {
	expect(keyed("{{ inputs.branhc }}")).toEqual([
		{
			severity: "error",
			field: "settings.concurrency.key",
			code: "unknown_reference",
			message: "inputs.branhc: The workflow has no input branhc. Add it, or use another one.",
			suggestion: "inputs.branch",
		},
	]);
	expect(keyed("{{ steps.a.output.tag }}")).toMatchObject([
		{ field: "settings.concurrency.key", message: expect.stringContaining("steps is not known before a run starts") },
	]);
	expect(keyed("{{ inputs.branch")).toMatchObject([
		{ code: "invalid_reference", message: expect.stringContaining("is never closed") },
	]);
});

test("a reference in the default of an input is warned of", () => {
	const inputs = [
		{ name: "a", type: "text", default: "{{ run.id }}" },
		{ name: "b", type: "text", default: "\\{{ x }}" },
	];
	expect(problemsOf({ inputs })).toMatchObject([
		{ severity: "warning", field: "inputs.0.default", code: "literal_reference" },
	]);
});
