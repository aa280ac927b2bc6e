import fc from "fast-check";
import { expect, test } from "vitest";
import { mayMiss, writeChoices } from "./reference";
import { insertionsIn, parseTemplate, referencesIn } from "./template";
import { parseWithGrammar } from "./template-grammar";

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

const chains = (text: string) => insertionsIn(text).map(writeChoices);

test("a default stands behind ??: a text, a number, true, false, null, or another path", () => {
	for (const choice of ['"none"', "'it is'", "0", "-2.5", "true", "false", "null", "inputs.b", "b.0.[x y]", '""'])
		expect(chains(`x {{ a.b ?? ${choice} }} y`)).toEqual([`a.b ?? ${choice}`]);
	expect(chains('{{a.0??b.true ?? "c ?? d"}}{{ [a ?? "x"].b }}')).toEqual([
		'a.0 ?? b.true ?? "c ?? d"',
		'[a ?? "x"].b',
	]);
	expect(insertionsIn('{{ a ?? \n "\\" }}')[0]).toMatchObject({
		path: ["a"],
		otherwise: { value: "\\", text: '"\\"' },
	});
});

test("the references of a text are those in the place of others too, each where it stands", () => {
	const text = 'x {{ inputs.a ?? steps.b.output ?? "c" }}';
	const found = referencesIn(text);
	expect(found.map(({ path }) => path.join("."))).toEqual(["inputs.a", "steps.b.output"]);
	expect(found.flatMap(({ parts }) => parts.map(({ start, end }) => text.slice(start, end)))).toEqual([
		"inputs",
		"a",
		"steps",
		"b",
		"output",
	]);
	for (const { start, end } of found) expect(text.slice(start, end)).toBe(text.slice(2));
	expect(found.map(mayMiss)).toEqual([true, true]);
	expect(referencesIn("{{ inputs.a ?? inputs.b }}").map(mayMiss)).toEqual([true, false]);
});

test.each([
	"{{ a ?? }}",
	"{{ ?? a }}",
	'{{ "a" ?? b }}',
	'{{ a ?? "b" ?? c }}',
	"{{ a ?? b c }}",
	"{{ a ?? ?? b }}",
	"{{ a ?? undefined }}",
	"{{ a ?? (b c) }}",
	"{{ a ?? b=c }}",
	'{{ a ?? "b }}',
	"{{ a ? ? b }}",
	"{{ a ??? b }}",
	"{{ a ?? this.b }}",
	"{{ a ?? ../b }}",
	"{{~ a ?? b }}",
	'{{ a ?? "{b}" }}',
	'{{ a ?? "}}" }}',
])("%s is no default", (text) => {
	expect(problem(`x\n${text}`)).toMatchObject({ line: 2, column: 1 });
});

test.each([
	[
		"{{ a ?? }}",
		'Behind ?? stands a text in quotes, a number, true, false, null or another path, as in {{ inputs.name ?? "none" }}.',
	],
	['{{ a ?? "{}" }}', "A default cannot hold braces. Set the value in a step before."],
	['{{ inputs.a || "x" }}', 'Write ?? for a default, as in {{ inputs.name ?? "none" }}.'],
	["{{ steps.a.output.items[0].n }}", "Write {{ steps.a.output.items.0.n }}: each part stands behind a dot."],
	["{{ steps['my step'][\"b\"] }}", "Write {{ steps.[my step].b }}: each part stands behind a dot."],
	['{{ $node["Fetch"].json.x }}', "Name the step that has the value, as in {{ steps.test.output }}."],
	["{{ $('Fetch').item.json }}", "Name the step that has the value, as in {{ steps.test.output }}."],
	[
		"{{ inputs.name | upper }}",
		"A value cannot be changed between the braces. Change it in a Transform step and use its output.",
	],
	[
		"{{ len(inputs.name) }}",
		"Functions cannot be called between the braces. Call them in a Transform step and use its output.",
	],
	["{{ inputs.a + 1 }}", "Braces hold paths only. Compute the value in a Transform step and use its output."],
	[
		"{{ inputs.a inputs.b }}",
		"Only paths such as {{ inputs.name }} can be used between braces. For a literal {{ write \\{{.",
	],
])("%s is answered with the form to write", (text, message) => {
	expect(problem(text)?.message).toMatch(/^\{\{.*: /);
	expect(problem(text)?.message.endsWith(message)).toBe(true);
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
		"{{ a b }}: Only paths such as {{ inputs.name }} can be used between braces. For a literal {{ write \\{{.",
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
		"??",
		"'",
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
		"??",
		'"',
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
