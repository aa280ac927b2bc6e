import { expect, test } from "vitest";
import { z } from "zod";
import type { JsonObject } from "../values/json";
import { jsonSchema } from "../values/json";
import { resolveConfig, resolveJson, resolveTemplate } from "./references";
import type { Scope } from "./scope";

const scope: Scope = {
	inputs: { name: "Ada", count: 3, tags: ["a", "b"], nothing: null, yes: true },
	steps: { test: { output: { exitCode: 0, items: [{ id: 7 }], "first name": "x" } } },
	item: { id: "i1" },
	iteration: { index: 2, previous: { test: { output: { ok: false } } } },
	secrets: { token: "s3cret", db: "postgres://app:pw@host/x", "db.host": "host", "login.user": "app" },
};
const resolve = (text: string) => resolveTemplate(text, scope).value;

test("a text that is exactly one reference keeps the value's type", () => {
	expect(resolve("{{ inputs.count }}")).toBe(3);
	expect(resolve("{{inputs.tags}}")).toEqual(["a", "b"]);
	expect(resolve("{{ inputs.nothing }}")).toBeNull();
	expect(resolve("{{ inputs.yes }}")).toBe(true);
	expect(resolve("{{ item }}")).toEqual({ id: "i1" });
});

test("inside other text values become text, objects and lists JSON", () => {
	expect(resolve("{{ inputs.name }}: {{ inputs.count }} {{ inputs.tags }} {{ inputs.nothing }}")).toBe(
		'Ada: 3 ["a","b"] ',
	);
	expect(resolve(" {{ inputs.count }}")).toBe(" 3");
});

test("paths reach list items, names with spaces and the previous iteration", () => {
	expect(resolve("{{ steps.test.output.items.0.id }}{{ steps.test.output.items.[0].id }}")).toBe("77");
	expect(resolve("{{ steps.test.output.[first name] }}")).toBe("x");
	expect(resolve("{{ iteration.previous.test.output.ok }}")).toBe(false);
});

test.each([
	["{{ steps.test.output.exit }}", "steps.test.output.exit", "steps.test.output.exit"],
	["{{ steps.tset.output.exitCode }}", "steps.tset.output.exitCode", "steps.tset"],
	["{{ inputs.name.first }}", "inputs.name.first", "inputs.name.first"],
	["{{ vars.x }}", "vars.x", "vars"],
	["{{ inputs.constructor }}", "inputs.constructor", "inputs.constructor"],
	["{{ inputs.__proto__.polluted }}", "inputs.__proto__.polluted", "inputs.__proto__"],
	["{{ inputs.tags.2 }}", "inputs.tags.2", "inputs.tags.2"],
	["{{ toString }}", "toString", "toString"],
])("%s is an unknown reference, not an empty text", (text, path, missing) => {
	expect(() => resolve(text)).toThrow(expect.objectContaining({ name: "UnknownReferenceError", path, missing }));
});

test("a default takes the place of what is missing and of null, and of nothing else", () => {
	expect(resolve('{{ inputs.gone ?? "none" }}')).toBe("none");
	expect(resolve('a {{ steps.gone.output.x ?? "none" }}')).toBe("a none");
	expect(resolve("{{ inputs.nothing ?? 5 }}")).toBe(5);
	expect(resolve("{{ inputs.gone ?? inputs.nothing ?? inputs.tags }}")).toEqual(["a", "b"]);
	expect(resolve("{{ inputs.gone ?? null }}")).toBeNull();
	expect(resolve("{{ inputs.name ?? 1 }}{{ inputs.yes ?? 1 }}{{ iteration.previous.test.output.ok ?? 1 }}")).toBe(
		"Adatruefalse",
	);
	expect(() => resolve("{{ inputs.gone ?? inputs.missing }}")).toThrow("inputs.missing");
});

test("a default of a secret is no secret, and a secret that is one is", () => {
	const byDefault = resolveTemplate('{{ secrets.gone ?? "anonymous" }}', scope);
	expect(byDefault).toEqual({ value: "anonymous", recorded: "anonymous", secrets: new Set() });
	expect(resolveTemplate("{{ inputs.gone ?? secrets.token }}", scope)).toEqual({
		value: "s3cret",
		recorded: "{{ secrets.token }}",
		secrets: new Set(["s3cret"]),
	});
});

test("a mistake in a text is an error with its place", () => {
	expect(() => resolve("a\n{{ b c }}")).toThrow(/^Line 2, column 1: /);
});

test("a secret is inserted, reported, and shown by its name", () => {
	expect(resolveTemplate("Bearer {{ secrets.token }}", scope)).toEqual({
		value: "Bearer s3cret",
		recorded: "Bearer {{ secrets.token }}",
		secrets: new Set(["s3cret"]),
	});
	expect(resolveTemplate("{{ secrets.token }}", scope).recorded).toBe("{{ secrets.token }}");
});

test("parts of a secret are read by their names, beside its whole", () => {
	expect(resolveTemplate("{{ secrets.db.host }}|{{ secrets.db }}|{{ secrets.login.user }}", scope)).toEqual({
		value: "host|postgres://app:pw@host/x|app",
		recorded: "{{ secrets.db.host }}|{{ secrets.db }}|{{ secrets.login.user }}",
		secrets: new Set(["host", "postgres://app:pw@host/x", "app"]),
	});
	expect(() => resolve("{{ secrets.login }}")).toThrow("There is no value at secrets.login:");
	expect(() => resolve("{{ secrets.token.length }}")).toThrow("There is no value at secrets.token.length:");
	expect(() => resolve("{{ secrets.__proto__ }}")).toThrow("There is no value at secrets.__proto__:");
});

test("every string inside a value is resolved, keys are not", () => {
	expect(resolveJson({ "{{ inputs.name }}": [{ x: "{{ inputs.count }}" }, 1, null] }, scope).value).toEqual({
		"{{ inputs.name }}": [{ x: 3 }, 1, null],
	});
});

const schema = z.strictObject({
	command: z.string().min(1).meta({ references: "shell" }),
	code: z.string().optional().meta({ references: "none" }),
	when: z.string().meta({ widget: "cel" }).optional(),
	env: z.record(z.string(), jsonSchema).default({}),
	cases: z
		.array(z.strictObject({ when: z.string().meta({ widget: "cel", references: "none" }), label: z.string() }))
		.default([]),
	body: jsonSchema.optional(),
});

test("each field of a config is resolved in its own mode", () => {
	const config: JsonObject = {
		command: "echo {{ inputs.name }} '{{ secrets.token }}' {{ inputs.gone ?? \"no ne\" }}",
		code: "print('{{ inputs.name }}')",
		when: "inputs.count > 2",
		env: { NAME: "{{ inputs.name }}", LIST: "{{ inputs.tags }}" },
		cases: [{ when: "{{ x }}", label: "{{ inputs.count }} left" }],
		body: { deep: [{ count: "{{ inputs.count }}" }] },
		unknown: "{{ inputs.count }}",
	};
	const { config: resolved, env, recorded, secrets } = resolveConfig(config, schema, scope);
	expect(resolved).toEqual({
		command: `echo "\${WEFT_REF_1}" ''"\${WEFT_REF_2}"'' "\${WEFT_REF_3}"`,
		code: config.code,
		when: config.when,
		env: { NAME: "Ada", LIST: ["a", "b"] },
		cases: [{ when: "{{ x }}", label: "3 left" }],
		body: { deep: [{ count: 3 }] },
		unknown: 3,
	});
	expect(env).toEqual({ WEFT_REF_1: "Ada", WEFT_REF_2: "s3cret", WEFT_REF_3: "no ne" });
	expect(recorded.command).toBe("echo Ada '{{ secrets.token }}' no ne");
	expect(JSON.stringify(recorded)).not.toContain("s3cret");
	expect([...secrets]).toEqual(["s3cret"]);
});

const kinds = z.strictObject({
	text: z.string().min(1),
	count: z.int().min(0).optional(),
	ratio: z.number().default(1),
	on: z.boolean().default(false),
	mode: z.enum(["1", "2"]).default("1"),
	list: z.array(z.string()).default([]),
	value: jsonSchema.optional(),
	seen: jsonSchema.optional().meta({ missing: "null" }),
});
const resolveKinds = (config: JsonObject, inputs: JsonObject) => resolveConfig(config, kinds, { inputs }).config;

test("a field of text takes any value as text", () => {
	const inputs = { count: 3, yes: true, list: [1, "a"], object: { a: 1 }, nothing: null };
	for (const [name, text] of [
		["count", "3"],
		["yes", "true"],
		["list", '[1,"a"]'],
		["object", '{"a":1}'],
		["nothing", ""],
	])
		expect(resolveKinds({ text: `{{ inputs.${name} }}` }, inputs)).toEqual({ text });
	expect(resolveKinds({ list: ["{{ inputs.count }}"], mode: "{{ inputs.count }}" }, inputs)).toEqual({
		list: ["3"],
		mode: "3",
	});
});

test("a field of any value keeps the type", () => {
	for (const value of [3, true, null, [1], { a: 1 }, "2"])
		expect(resolveKinds({ value: "{{ inputs.x }}" }, { x: value })).toEqual({ value });
});

test("texts that spell out a number or true count as one where one is asked for", () => {
	const inputs = { two: "2", half: " 0.5\n", yes: "true", word: "two" };
	const config = { count: "{{ inputs.two }}0", ratio: "{{ inputs.half }}", on: "{{ inputs.yes }}" };
	expect(resolveKinds(config, inputs)).toEqual({ count: 20, ratio: 0.5, on: true });
	expect(resolveKinds({ count: "{{ inputs.word }}", on: "{{ inputs.two }}" }, inputs)).toEqual({
		count: "two",
		on: "2",
	});
	expect(resolveKinds({ value: "{{ inputs.two }}" }, inputs)).toEqual({ value: "2" });
});

test("null leaves a field out that may be left out and cannot be null", () => {
	const config = { text: "a", count: "{{ inputs.x }}", ratio: "{{ inputs.x }}", value: "{{ inputs.x }}" };
	expect(resolveKinds(config, { x: null })).toEqual({ text: "a", value: null });
	expect(resolveKinds({ count: null }, {})).toEqual({ count: null });
});

test("a reference that leads nowhere is null only where its field says so", () => {
	expect(resolveKinds({ seen: "{{ inputs.gone.deep }}" }, {})).toEqual({ seen: null });
	expect(resolveKinds({ seen: "a{{ steps.x.output }}" }, {})).toEqual({ seen: "a" });
	expect(() => resolveKinds({ value: "{{ inputs.gone }}" }, {})).toThrow("inputs.gone");
});

test("keys such as __proto__ stay plain keys", () => {
	const config: JsonObject = JSON.parse('{"body": {"__proto__": {"polluted": "{{ inputs.name }}"}}}');
	const resolved = resolveConfig(config, schema, scope).config;
	expect(JSON.stringify(resolved)).toBe('{"body":{"__proto__":{"polluted":"Ada"}}}');
	expect(Reflect.get({}, "polluted")).toBeUndefined();
});
