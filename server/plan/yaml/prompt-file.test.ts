import { describe, expect, test } from "vitest";
import { PROMPT_LIMITS } from "../prompts/prompt-limits";
import { parsePromptTemplate } from "../prompts/prompt-template";
import { checkVariables, completeVariables, listVariables } from "../prompts/prompt-variables";
import { renderPieces, renderPrompt } from "../prompts/render-prompt";
import type { JsonObject } from "../values/json";
import { parsePromptFile, renamePromptFile } from "./prompt-file";

const REPORT = `---
name: incident-report
description: Report for people who were not there
model: anything
variables:
  properties:
    service: { type: string }
    length: { type: integer, default: 8 }
    cause: { type: [object, "null"] }
    events: { type: array, items: { type: object } }
  required: [service, events]
---
# What happened to {{service}}

{{! not sent }}
{{#if cause}}
Cause: {{cause.text}}
{{else}}
Not known, in {{length}} sentences.
{{/if}}

{{#each events}}
- {{@index}} {{at}} {{what}} in {{../service}}{{#unless @last}},{{/unless}}
{{else}}
nothing
{{/each}}
`;

function render(text: string, variables: JsonObject): string {
	const { parts, problem } = parsePromptTemplate(text);
	if (!parts) throw new Error(problem.message);
	return renderPrompt(parts, variables);
}

function problemsOf(text: string) {
	return parsePromptFile(text).problems;
}

describe("a prompt", () => {
	const { prompt } = parsePromptFile(REPORT);

	test("is filled in with its values, without the lines of its blocks", () => {
		const events = [
			{ at: "13:51", what: "{{service}}" },
			{ at: "14:01", what: "errors" },
		];
		const given = completeVariables(prompt?.variables ?? {}, { service: "checkout", cause: null, events });
		const text = renderPrompt(prompt?.parts ?? [], given);
		expect(text).toBe(
			"# What happened to checkout\n\nNot known, in 8 sentences.\n\n- 0 13:51 {{service}} in checkout,\n- 1 14:01 errors in checkout\n",
		);
		expect(render("{{#with a}}{{b.[0]}}{{../c}}{{@root.c}}{{/with}}{{a}}", { a: { b: [1] }, c: true })).toBe(
			'1truetrue{"b":[1]}',
		);
		expect(renderPieces(prompt?.parts ?? [], given)[1]).toEqual({ text: "checkout", isValue: true });
	});

	test("tells its variables and what does not fit them", () => {
		const { variables } = prompt ?? { variables: {} };
		expect(listVariables(variables).map(({ name, type, isRequired }) => [name, type, isRequired])).toEqual([
			["service", "string", true],
			["length", "integer", false],
			["cause", "object, may be null", false],
			["events", "list of object", true],
		]);
		const problems = checkVariables(
			variables,
			{ servce: "a", length: "many", events: "{{ x }}" },
			(v) => v === "{{ x }}",
		);
		expect(problems).toMatchObject([
			{ name: "servce", message: "The prompt has no variable servce. Did you mean service?" },
			{ name: "service", message: "Give the variable service a value." },
			{ name: "length", message: expect.stringContaining("length does not fit") },
		]);
	});

	test("that declares no variables has those that it reads", () => {
		const read = parsePromptFile("---\nname: a\n---\n{{#each xs}}{{inner}}{{../y}}{{/each}}");
		expect(listVariables(read.prompt?.variables ?? {}).map(({ name }) => name)).toEqual(["xs", "y"]);
	});

	test("takes another name, and keeps the rest of its file", () => {
		expect(renamePromptFile(REPORT, "other")).toBe(REPORT.replace("incident-report", "other"));
		expect(renamePromptFile("Hello", "other")).toBe("---\nname: other\n---\nHello");
	});
});

describe("a mistake has its place and the next step", () => {
	const file = (body: string, head = "name: a\n") => `---\n${head}---\n${body}`;
	test.each([
		["no front matter", "Hello", 1, 1, "Begin with front matter"],
		["no name", file("x", "description: b\n"), 2, 1, "Add the prompt’s name"],
		["a wrong name", file("x", "name: A b\n"), 2, 1, "lower-case"],
		["a key twice", file("x", "name: a\nname: b\n"), 3, 1, "twice"],
		["an anchor", file("x", "name: &a b\n"), 2, 7, "Anchors"],
		["variables that are none", file("x", "name: a\nvariables: [b]\n"), 3, 1, "JSON schema"],
		["an unknown variable", file("{{b}}", "name: a\nvariables: { properties: { c: {} } }\n"), 5, 3, "no variable b"],
		["an open block", file("\n{{#if x}}a\nb"), 5, 1, "never closed"],
		["a wrong end", file("{{#if x}}a{{/each}}"), 4, 4, "Close it with {{/if}}"],
		["a stray end", file("{{/if}}"), 4, 1, "never opened"],
		["a stray else", file("{{else}}"), 4, 1, "outside"],
		["a helper", file("{{upper x}}"), 4, 1, "Only a path"],
		["a block of others", file("{{#foo}}x{{/foo}}"), 4, 1, "no block “foo”"],
		["a partial", file("{{> other}}"), 4, 1, "include"],
		["three braces", file("{{{x}}}"), 4, 1, "two braces"],
		["the prototype", file("{{a.__proto__.b}}"), 4, 3, "__proto__"],
		["the constructor", file("{{#each constructor}}{{/each}}"), 4, 1, "constructor"],
		["a number in a path", file("{{a.0}}"), 4, 5, "items.[0]"],
		["unknown data", file("{{@env}}"), 4, 1, "@index"],
	])("%s", (_what, text, line, column, message) => {
		const [first] = problemsOf(text) ?? [];
		expect([first?.message, first?.line, first && Math.abs(first.column - column) <= 2]).toEqual([
			expect.stringContaining(message),
			line,
			true,
		]);
	});

	test("too deep and too long are refused, not tried", () => {
		expect(problemsOf(file("{{#if a}}".repeat(20_000) + "{{/if}}".repeat(20_000)))?.[0].message).toContain("at most");
		expect(problemsOf(file("x".repeat(PROMPT_LIMITS.text)))?.[0].message).toContain("200,000");
		const xs = Array.from({ length: 1_000 }, () => "y".repeat(3_000));
		expect(() => render("{{#each xs}}{{this}}{{/each}}", { xs })).toThrow("2,000,000");
		expect(() => render("{{#each xs}}{{#each ../xs}}.{{/each}}{{/each}}", { xs })).toThrow("repeats too much");
		const many = { a: Array.from({ length: 700 }, () => 0), c: Array.from({ length: 118_000 }, () => 0) };
		const nothing = "{{#each a}}{{#each ../a}}{{#each ../../c}}{{! nothing }}{{/each}}{{/each}}{{/each}}";
		expect(() => render(nothing, many)).toThrow("repeats too much");
	});

	test("what an object inherits is no value", () => {
		expect(render("{{a.toString}}{{a.b}}{{xs.length}}", { a: {}, xs: [1, 2] })).toBe("2");
	});
});
