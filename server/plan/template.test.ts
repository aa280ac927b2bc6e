import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTemplate, parseWithGrammar, referencesIn } from "./template";

const paths = (text: string) => referencesIn(text).map(({ path }) => path.join("|"));
const problem = (text: string) => parseTemplate(text).problem;

test("paths are read part by part, list items with or without brackets", () => {
	expect(paths("{{ steps.a.output.items.0.name }}{{b.[0].[first name]}}")).toEqual([
		"steps|a|output|items|0|name",
		"b|0|first name",
	]);
	expect(paths("{{ a.0 }} {{a.true}} {{ a.null.b }} {{ a.1.2 }}")).toEqual(["a|0", "a|true", "a|null|b", "a|1|2"]);
});

test("a backslash makes the braces literal", () => {
	expect(parseTemplate("run \\{{ x.0 }} for {{ y }}").parts).toEqual([
		"run ",
		"{{ x.0 }} for ",
		expect.objectContaining({ path: ["y"] }),
	]);
	expect(parseTemplate("docker ps --format '\\{{.Names}}'").parts?.join("")).toBe("docker ps --format '{{.Names}}'");
});

test("a closing brace may follow a reference", () => {
	expect(parseTemplate('{"a": {{ x.0 }}}').parts).toEqual([
		'{"a": ',
		expect.objectContaining({ path: ["x", "0"] }),
		"}",
	]);
});

test("a text without references is itself", () => {
	expect(parseTemplate("a }} { {b} } \\ c")).toEqual({ parts: ["a }} { {b} } \\ c"] });
	expect(parseTemplate("")).toEqual({ parts: [""] });
});

test.each([
	["{{#if a}}x{{/if}}", 1, 1],
	["x\n  {{ a b }}", 2, 3],
	["{{> partial }}", 1, 1],
	["{{! comment }}", 1, 1],
	["{{{ a }}}", 1, 1],
	["{{~ a ~}}", 1, 1],
	["{{&a}}", 1, 1],
	["{{ @root }}", 1, 1],
	["{{ ../a }}", 1, 1],
	["{{ this.a }}", 1, 1],
	["{{ a/b }}", 1, 1],
	['{{ "text" }}', 1, 1],
	["{{ 1 }}", 1, 1],
	["ok {{ a }}\r\nnot {{ }}", 2, 5],
	["{{.Names}}", 1, 1],
	["{{ a. }}", 1, 1],
	["{{ a..b }}", 1, 1],
	['{{ a["b"] }}', 1, 1],
	["{{ a }} {{ b", 1, 9],
	["{{else}}", 1, 1],
	["{{{{raw}}}}{{{{/raw}}}}", 1, 1],
	["{{* a }}", 1, 1],
])("%j is refused with its place", (text, line, column) => {
	expect(problem(text)).toMatchObject({ line, column });
});

test("the message quotes the text and says what to write", () => {
	expect(problem("{{ a b }}")?.message).toBe(
		"{{ a b }}: Only paths such as {{ inputs.name }} can stand between the braces. For a literal {{ write \\{{.",
	);
	expect(problem("see {{ a")?.message).toBe("{{ a: This {{ is never closed with }}. For a literal {{ write \\{{.");
});

test("thousands of references in one text are refused at once", () => {
	expect(problem("{{a}}".repeat(1_001))?.message).toBe("A text may hold at most 1000 references.");
});

test("offsets cut every reference and each of its parts out of the text", () => {
	const part = fc.stringMatching(/^[a-z_][a-z0-9_]{0,5}$|^[0-9]{1,3}$/);
	const path = fc
		.tuple(fc.constantFrom("steps", "inputs", "item"), fc.array(part, { maxLength: 4 }))
		.map(([root, rest]) => [root, ...rest]);
	const literal = fc.string({ unit: fc.constantFrom("a", " ", "\n", "\r\n", "é", "}", "$", "😀", '"') });
	fc.assert(
		fc.property(fc.array(fc.tuple(literal, path)), literal, (pieces, end) => {
			const text = pieces.map(([before, path]) => `${before}{{ ${path.join(".")} }}`).join("") + end;
			const found = referencesIn(text);
			expect(found.map(({ path }) => path)).toEqual(pieces.map(([, path]) => path));
			for (const { path, start, end, parts } of found) {
				expect(text.slice(start, end)).toBe(`{{ ${path.join(".")} }}`);
				expect(parts.map((part) => text.slice(part.start, part.end))).toEqual(path);
			}
		}),
	);
});

test("no text makes the parser throw", () => {
	const unit = fc.constantFrom(
		"{{",
		"}}",
		"{",
		"}",
		"\\",
		"a",
		".",
		"[",
		"]",
		" ",
		"\n",
		"0",
		"#",
		"/",
		"!",
		"~",
		"&",
		"\0",
		"\u2028",
		'"',
		"true",
	);
	fc.assert(
		fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
			const { parts, problem } = parseTemplate(text);
			expect(parts === undefined).toBe(problem !== undefined);
		}),
		{ numRuns: 2_000 },
	);
});

test("the short way to read simple references gives what the grammar gives", () => {
	const unit = fc.constantFrom(
		"{{",
		"}}",
		"{",
		"}",
		"\\",
		"steps",
		"inputs",
		".",
		"a",
		"0",
		"true",
		"this",
		"else",
		" ",
		"\n",
		"\r\n",
		"x",
		"~",
		"[",
		"]",
		"_",
		"-",
		"\t",
		"é",
		"\0",
	);
	const simple = fc.constantFrom(
		"{{ steps.a.output.x }}",
		"{{inputs.a}}",
		"{{ item }}",
		"{{ steps.a.0 }}",
		"{{\n run.id }}",
		"{{ steps.this.a }}",
		"{{ state.true.1 }}",
	);
	fc.assert(
		fc.property(fc.array(fc.oneof(unit, simple), { maxLength: 12 }), (pieces) => {
			const text = pieces.join("");
			fc.pre(text.includes("{{"));
			expect(parseTemplate(text)).toEqual(parseWithGrammar(text));
		}),
		{ numRuns: 5_000 },
	);
});
