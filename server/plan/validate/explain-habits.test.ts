import { describe, expect, test } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { step, type TestEdge, type TestStep, testPlan } from "@/server/plan/test-plan";
import { celProblems } from "../expressions/cel";
import { evaluateCel } from "../expressions/evaluate-cel";
import { parseWorkflowYaml } from "../yaml/plan-yaml";
import { validatePlan } from "./validate-plan";

function check(nodes: TestStep[], edges: TestEdge[] = [], inputs: object[] = []) {
	return validatePlan(testPlan(nodes, edges, { inputs }), { definitions: catalog });
}
const who = [{ name: "who", type: "text" }];

describe("an expression in the manner of another language is answered with the right form", () => {
	test.each([
		["inputs.a === 1", "Use ==, not ===."],
		["inputs.a !== 1", "Use !=, not !==."],
		["inputs.a = 1", "Use == to compare."],
		["inputs.a and true", "Use &&, not and."],
		["inputs.a or true", "Use ||, not or."],
		["not inputs.a", "Use !, not not."],
		["inputs.a ?? 1", 'Ask with has(), as in has(inputs.name) ? inputs.name : "none".'],
		["inputs.a == undefined", "Write null, not undefined."],
		["True", "Write true, not True."],
		["len(inputs.a) > 1", "Write size(…), not len(…)."],
		['inputs.a.includes("x")', "Write contains(…), not includes(…)."],
		[
			"inputs.kind == bug",
			'bug is not known. A text stands in quotes, as in "bug"; a value begins with its root, as in inputs.bug.',
		],
		['inputs.a == "x" "=== and or"', 'Unexpected "=== and or".'],
	])("%s", (text, message) => {
		expect(celProblems(text)).toMatchObject([{ message }]);
	});
});

describe("a file in the manner of another product", () => {
	const read = (body: string) => parseWorkflowYaml(`version: 1\nname: X\n${body}`).problems;
	const value = (text: string) => read(`nodes:\n  - { id: a, type: output, name: A, config: { value: ${text} } }\n`);

	test("is told that a text with braces stands in quotes, once a line", () => {
		expect(
			read(
				"nodes:\n  - id: a\n    type: output\n    name: A\n    config:\n      value: {{ inputs.a }}/{{ inputs.b }}\n",
			),
		).toEqual([
			{
				line: 8,
				column: 15,
				message: "A text with {{ }} stands in quotes.",
				expected: '"{{ inputs.a }}/{{ inputs.b }}"',
			},
		]);
		expect(value("{{ inputs.x }}")).toMatchObject([{ expected: '"{{ inputs.x }}"' }]);
		expect(value('{{ inputs.x ?? "a" }}')).toMatchObject([{ expected: `'{{ inputs.x ?? "a" }}'` }]);
		expect(value('"{{ inputs.x }}"')).toBeUndefined();
	});

	test.each([
		["string", "Write text, not string."],
		["integer", "Write number, not integer."],
		["bool", "Write boolean, not bool."],
		["array", "Write json, not array."],
		["colour", "must be one of: text, textarea, number, boolean, select, multiselect, json."],
	])("is told what an input of type %s is called", (type, message) => {
		expect(read(`inputs:\n  - { name: a, type: ${type} }\nnodes: []\n`)).toMatchObject([
			{ line: 4, message: expect.stringContaining(message) },
		]);
	});
});

test.each([
	["{{ $json.name }}", "Name the step that has the value, as in steps.test.output."],
	["{{ github.ref }}", "What started the run is in trigger and inputs, as in inputs.branch."],
	["{{ matrix.os }}", "Put the step into a for-each and read its item."],
	["{{ steps.a.outputs.tag }}", "A step has one output. Write steps.a.output.tag."],
])("%s is answered with what it is called here", (text, message) => {
	const issues = check(
		[step("a", "transform", { code: "return 1" }), step("b", "comment", { text })],
		[{ from: "a", to: "b" }],
	);
	expect(issues).toMatchObject([{ nodeId: "b", message: expect.stringContaining(message) }]);
});

describe("a reference in code", () => {
	test("is warned of, with the way to the value", () => {
		expect(check([step("a", "python", { code: 'print("{{ inputs.who }}")' })], [], who)).toMatchObject([
			{
				severity: "warning",
				field: "config.code",
				message: 'Code: {{ inputs.who }} is not replaced in code. Add it to Input as who, and read it as input["who"].',
			},
		]);
		expect(check([step("a", "transform", { code: "return `{{ steps.build.output }}`" })])).toMatchObject([
			{
				severity: "warning",
				message: expect.stringContaining("Add it to Input as build, and read it as input.build."),
			},
		]);
	});

	test("is none where braces are the code's own", () => {
		for (const code of ["return {a: {b: 1}}", "return `{{item}}`", "return `{{ name }} {{ inputs }}`", "return {{}}"])
			expect(check([step("a", "transform", { code })])).toEqual([]);
	});
});

describe("a step that is disabled", () => {
	const broken = step("a", "http-request", { url: "nowhere", method: "GRAB" }, { disabled: true });
	const reads = (text: string) => step("b", "comment", { text });

	test("blocks nothing with its own problems, nor do the steps inside a container that is", () => {
		expect(check([broken]).map(({ severity }) => severity)).toEqual(["warning", "warning"]);
		const nodes = [
			step("each", "for-each", { items: [] }, { disabled: true }),
			{ ...broken, disabled: false, parent: "each" },
		];
		expect(check(nodes).some(({ severity }) => severity === "error")).toBe(false);
		expect(check([{ ...broken, disabled: false }]).some(({ severity }) => severity === "error")).toBe(true);
	});

	test("blocks where its output is read without a default", () => {
		const edges = [{ from: "a", to: "b" }];
		const errors = (text: string) => check([broken, reads(text)], edges).filter(({ severity }) => severity === "error");
		expect(errors("{{ steps.a.output.body }}")).toMatchObject([{ nodeId: "b", code: "disabled_step" }]);
		expect(errors('{{ steps.a.output.body ?? "none" }}')).toEqual([]);
	});
});

describe("a value of a branch that need not be taken", () => {
	const nodes = (config: object, type = "comment") => [
		step("if", "condition", { when: "inputs.who == null" }),
		step("yes", "transform", { code: "return 1" }),
		step("end", type, config),
	];
	const edges = [
		{ from: "if", port: "true", to: "yes" },
		{ from: "if", port: "false", to: "end" },
		{ from: "yes", to: "end" },
	];
	const codes = (config: object, type?: string) => check(nodes(config, type), edges, who).map(({ code }) => code);

	test("is warned of unless a default or has() provides for it", () => {
		expect(codes({ text: "{{ steps.yes.output }}" })).toEqual(["may_not_run"]);
		expect(codes({ text: '{{ steps.yes.output ?? "no" }}' })).toEqual([]);
		expect(codes({ when: "steps.yes.output == 1" }, "condition")).toEqual(["may_not_run"]);
		expect(codes({ when: "has(steps.yes.output) && steps.yes.output == 1" }, "condition")).toEqual([]);
		expect(codes({ when: "has(steps.if.output) && steps.yes.output == 1" }, "condition")).toEqual(["may_not_run"]);
		expect(codes({ rules: [{ left: "{{ steps.yes.output }}", right: 1 }] }, "condition")).toEqual([]);
	});

	test("is not there for has(), however deep it asks", () => {
		expect(evaluateCel('has(steps.yes.output.tag) ? steps.yes.output.tag : "none"', { steps: {} })).toBe("none");
		expect(evaluateCel("has(steps.yes.output.tag.name)", { steps: { yes: { output: {} } } })).toBe(false);
		expect(() => evaluateCel("steps.yes.output.tag", { steps: {} })).toThrow("steps.yes");
	});
});

test("the error alone is answered with the step that failed, where the exit for its error leads here", () => {
	const issues = check(
		[
			step("a", "transform", { code: "return 1" }, { onFailure: "branch" }),
			step("b", "comment", { text: "{{ error.message }}" }),
		],
		[{ from: "a", port: "error", to: "b" }],
	);
	expect(issues).toMatchObject([
		{
			nodeId: "b",
			message: expect.stringContaining("as in steps.a.output.error.message"),
			suggestion: "steps.a.output.error.message",
		},
	]);
});
