import fc from "fast-check";
import { expect, test } from "vitest";
import { anyPlan } from "../arbitrary-plans";
import { hashPlan } from "../hash-plan";
import { planSchema } from "../plan";
import { testDefinitions } from "../test-definitions";
import { validatePlan } from "../validate/validate-plan";
import { parseWorkflowYaml, stringifyWorkflow } from "./plan-yaml";

const RELEASE = `version: 1
slug: release
name: Release checklist
description: Builds, asks, deploys.
inputs:
  - name: target
    type: select
    options:
      - staging
      - production
    default: staging
settings:
  timeoutSeconds: 3600
nodes:
  - id: build
    type: shell
    name: Build
    retry:
      maxAttempts: 2
    config:
      command: |
        npm ci
        npm run build
    position: [120, 80]
  - id: check
    type: condition
    name: Did it work?
    onFailure: branch
    config:
      when: steps.build.output.exitCode == 0
  - id: deploy
    type: shell
    name: Deploy
    config:
      command: ./deploy {{ inputs.target }}
edges:
  - build -> check
  - check.true -> deploy
`;

test("a file reads as a plan with its defaults, and writes back as it was", () => {
	const { file, problems } = parseWorkflowYaml(RELEASE);
	expect(problems).toBeUndefined();
	expect(file).toMatchObject({ slug: "release", name: "Release checklist", description: "Builds, asks, deploys." });
	expect(file?.plan.nodes[0]).toEqual({
		id: "build",
		type: "shell",
		name: "Build",
		retry: { maxAttempts: 2, backoff: "exponential", delaySeconds: 2, jitter: true },
		config: { command: "npm ci\nnpm run build\n" },
		onFailure: "stop",
		join: "all",
		position: { x: 120, y: 80 },
	});
	expect(file?.plan.edges).toEqual([
		{ from: "build", port: "out", to: "check" },
		{ from: "check", port: "true", to: "deploy" },
	]);
	expect(file && stringifyWorkflow(file)).toBe(RELEASE);
});

test("every plan survives the way to YAML and back", () => {
	fc.assert(
		fc.property(anyPlan, (plan) => {
			const yaml = stringifyWorkflow({ name: "A: name", description: "", plan });
			const read = parseWorkflowYaml(yaml);
			expect(read.problems).toBeUndefined();
			expect(read.file).toEqual({ name: "A: name", description: "", plan });
			expect(read.file && hashPlan(read.file.plan)).toBe(hashPlan(plan));
		}),
		{ numRuns: 400 },
	);
});

test("exits of any name survive, written as text or as an object", () => {
	for (const port of ["case:a b", "a -> b", " lead", "x.y", "->", "\n", "out", "case:é"]) {
		const plan = planSchema.parse({ version: 1, nodes: [], edges: [{ from: "a", port, to: "b" }] });
		expect(parseWorkflowYaml(stringifyWorkflow({ name: "n", description: "", plan })).file?.plan.edges).toEqual(
			plan.edges,
		);
	}
});

const problemsOf = (yaml: string) => parseWorkflowYaml(yaml).problems;

test.each([
	["a tab", "name: a\nnodes:\n\t- id: a\n", 3, 1, "spaces"],
	["a key twice", "name: a\nname: b\n", 2, 1, "each key once"],
	[
		"wrong indentation",
		"nodes:\n  - id: a\n   type: b\n",
		3,
		1,
		"matching indentation, a closing quote or bracket, a comma, or a space after a colon",
	],
	[
		"an open quote",
		'name: "a\nnodes: []\n',
		3,
		1,
		"matching indentation, a closing quote or bracket, a comma, or a space after a colon",
	],
	["a key that is no text", "name: a\n? [x]\n: b\n", 2, 3, "a name, in quotes if it is a number, true, false or null"],
	["a key twice within brackets", "a: {b: 1, c: 2, b: 3}\n", 1, 17, "each key once"],
	["lines without end", `a: 1\n${"\n".repeat(100_000)}`, 100_001, 1, "a smaller workflow"],
	["a second document", "name: a\n---\nname: b\n", 2, 1, "one workflow in a file, without --- inside"],
	["a tag", "name: !!binary aGk=\nnodes: !x []\n", 2, 8, "a value without a tag"],
	["an alias", "a: &x [1]\n", 1, 4, "the value without &"],
	["an alias without an anchor", "a: 1\nb: *x\n", 2, 4, "the value itself, written out"],
	["an older YAML", "%YAML 1.1\n---\na: yes\n", 1, 1, "YAML 1.2, without a line that begins with %"],
	["a text only", "hello\n", 1, 1, "version, name and nodes"],
	["nothing", "", 1, 1, "version, name and nodes"],
])("%s is found with its place and what was expected", (_, yaml, line, column, expected) => {
	expect(problemsOf(yaml)?.[0]).toMatchObject({ line, column, expected });
});

test("a map of many keys is read", () => {
	const keys = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`);
	expect(problemsOf(keys.join("\n"))).toBeDefined();
	expect(problemsOf(`a: {${keys.join(", ")}}`)).toBeDefined();
});

test.each([
	["version: 1\nnodes: []\n", 1, 1, "Add “name”."],
	["version: 2\nname: a\nnodes: []\n", 1, 10, /knows versions up to 1/],
	["name: a\nnodes: []\n", 1, 1, "A plan begins with its version, as in version: 1."],
	[
		"version: 1\nname: a\nnodes:\n  - id: a\n    type: shell\n    name: A\n    join: some\n",
		7,
		11,
		"join must be one of: all, any.",
	],
	["version: 1\nname: a\nnodes:\n  - id: a\n    name: A\n", 4, 5, "Add “type”."],
	["version: 1\nname: a\nnodes: []\nedges:\n  - a to b\n", 5, 5, "Write a connection as “from -> to”"],
	["version: 1\nname: a\ncolour: red\nnodes: []\n", 3, 9, "The value has no field colour."],
	["version: 1\nname: a\nslug: A B\nnodes: []\n", 3, 7, /^Use lower-case letters, digits and single hyphens/],
	["version: 1\nname: a\nslug: a--b\nnodes: []\n", 3, 7, /^Use lower-case letters, digits and single hyphens/],
	["version: 1\nname: a\nnodes: []\nsettings:\n  budgetUsd: .nan\n", 5, 14, /budgetUsd/],
	[
		"version: 1\nname: a\nnodes:\n  - id: a\n    type: t\n    name: A\n    config:\n      __proto__:\n        x: 1\n",
		9,
		9,
		/__proto__/,
	],
	['version: 1\nname: a\nnodes:\n  - id: a\n    type: t\n    name: A\n    config: {a: "\\0"}\n', 7, 17, /NUL/],
])("%j has its problem at line %i, column %i", (yaml, line, column, message) => {
	const [problem] = problemsOf(yaml) ?? [];
	expect(problem).toMatchObject({ line, column });
	expect(problem?.message).toMatch(message);
});

test("dates and yes stay text", () => {
	const { file } = parseWorkflowYaml(
		"version: 1\nname: 2026-01-01\nnodes:\n  - {id: a, type: t, name: yes, config: {on: no, at: 2026-05-01}}\n",
	);
	expect(file?.name).toBe("2026-01-01");
	expect(file?.plan.nodes[0]).toMatchObject({ name: "yes", config: { on: "no", at: "2026-05-01" } });
});

test("an integer that JavaScript cannot hold is the text of its digits, and a number stays a number", () => {
	const text =
		"version: 1\nname: A\nnodes:\n  - { id: a, type: transform, name: A, config: { input: { id: 12345678901234567890, n: 7, f: 1e20 }, code: return 1 } }\nedges: []";
	const plan = planSchema.parse(parseWorkflowYaml(text).file?.plan);
	const input = { id: "12345678901234567890", n: 7, f: 1e20 };
	expect(plan.nodes[0]?.config.input).toEqual(input);
	const again = parseWorkflowYaml(stringifyWorkflow({ name: "A", description: "", plan }));
	expect(again.file?.plan.nodes[0]?.config.input).toEqual(input);
});

test("issues of validation have their place in the file", () => {
	const yaml = RELEASE.replace("inputs.target", "inputs.tarket")
		.replace("check.true -> deploy", "check.maybe -> deploy")
		.replace("type: condition", "type: conditon");
	const { file, locate } = parseWorkflowYaml(yaml.replace("build -> check", "build.maybe -> check"));
	const issues = file ? validatePlan(file.plan, { definitions: testDefinitions }) : [];
	expect(issues.map((issue) => [issue.code, locate?.(issue)])).toEqual([
		["unknown_type", { line: 26, column: 11 }],
		["unknown_port", { line: 37, column: 5 }],
		["unreachable", { line: 25, column: 5 }],
		["unreachable", { line: 31, column: 5 }],
		["unknown_reference", { line: 35, column: 16 }],
	]);
});

test.each([
	["brackets", "[".repeat(1_000_000)],
	["braces", "{a: ".repeat(300_000)],
	["dashes", "- ".repeat(900_000)],
	["question marks", "? ".repeat(900_000)],
	["colons", ": ".repeat(900_000)],
	["indentation", Array.from({ length: 1_900 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
	["lists by indentation", Array.from({ length: 1_900 }, (_, depth) => `${" ".repeat(depth)}-`).join("\n")],
	["values", "- a\n".repeat(450_000)],
	["text", "a".repeat(2_000_001)],
	["laughs", `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n`],
])("a file of endless %s is refused with one problem", (_, yaml) => {
	expect(problemsOf(yaml)).toHaveLength(1);
});

test("brackets inside text are only text", () => {
	const command = `${"[".repeat(500)}${"{".repeat(500)}\n- ? : *a &b %c`;
	const plan = planSchema.parse({ version: 1, nodes: [{ id: "a", type: "t", name: "A", config: { command } }] });
	expect(parseWorkflowYaml(stringifyWorkflow({ name: "n", description: "", plan })).file?.plan).toEqual(plan);
});

test("no text makes reading throw", () => {
	const unit = fc.constantFrom(
		"version: 1",
		"name: a",
		"nodes:",
		"edges:",
		"\n",
		"  ",
		"- ",
		"id: a",
		"[",
		"]",
		"{",
		"}",
		"'",
		'"',
		"&a",
		"*a",
		"!t",
		"|",
		">",
		"#",
		":",
		"?",
		"%",
		"---",
		"\t",
		"a",
		",",
		"\0",
		"\ud800",
		"\u0085",
	);
	fc.assert(
		fc.property(fc.string({ unit, maxLength: 25 }), (text) => {
			const { file, problems } = parseWorkflowYaml(text);
			expect(file === undefined).toBe(problems !== undefined);
		}),
		{ numRuns: 2_000 },
	);
});
