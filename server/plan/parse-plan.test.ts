import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePlan, parsePlanJson } from "./parse-plan";
import { testDefinitions } from "./test-definitions";
import { validatePlan } from "./validate/validate-plan";

const node = { id: "a", type: "shell", name: "A", config: { command: "ls" } };

test("a plan gets its defaults", () => {
	expect(parsePlanJson(JSON.stringify({ version: 1, nodes: [node] })).plan).toEqual({
		version: 1,
		inputs: [],
		triggers: [{ type: "manual" }],
		nodes: [{ ...node, onFailure: "stop", join: "all", position: { x: 0, y: 0 } }],
		edges: [],
		notes: [],
		settings: { timeoutSeconds: 86_400 },
	});
});

test.each([
	[
		{ nodes: [{ ...node, retry: { maxAttempts: 99 } }] },
		{ nodeId: "a", field: "retry.maxAttempts", message: "Attempts must be at most 20." },
	],
	[
		{ nodes: [{ ...node, onFailure: "explode" }] },
		{ nodeId: "a", field: "onFailure", message: "onFailure must be one of: stop, continue, branch." },
	],
	[{ nodes: [{ ...node, colour: "red" }] }, { nodeId: "a", field: "colour", code: "unknown_field" }],
	[
		{ nodes: [{ ...node, id: "Not An Id" }] },
		{ field: "nodes.0.id", message: "Use lower-case letters, digits and _, starting with a letter." },
	],
	[{ nodes: [{ id: "a", name: "A" }] }, { nodeId: "a", field: "type", message: "Add “type”." }],
	[
		{ edges: [{ from: "a" }], nodes: [] },
		{ field: "edges.0.to", message: "Add “to”." },
	],
	[
		{ nodes: [], settings: { budgetUsd: -1 } },
		{ field: "settings.budgetUsd", message: "budgetUsd must be more than 0." },
	],
	...[1e308, -1_000_001, Number.NaN, Number.POSITIVE_INFINITY].map((x): [object, object] => [
		{ nodes: [{ ...node, position: { x, y: 0 } }] },
		{ nodeId: "a", field: "position.x", message: "Place it between -1,000,000 and 1,000,000." },
	]),
	[
		{ nodes: [], notes: [{ id: "n", text: "", position: { x: 0, y: 1e9 } }] },
		{ field: "notes.0.position.y", message: "Place it between -1,000,000 and 1,000,000." },
	],
	[{}, { field: "nodes", message: "Add “nodes”." }],
	[
		{ version: 2, nodes: [] },
		{ field: "version", code: "unknown_version" },
	],
])("%j has its problem at the right place", (plan, issue) => {
	expect(parsePlan({ version: 1, ...plan }).issues).toMatchObject([{ severity: "error", ...issue }]);
});

const withConfig = (config: string) =>
	`{"version":1,"nodes":[{"id":"a","type":"shell","name":"A","config":${config}}]}`;

test.each([
	[
		"10,000 nodes",
		() => JSON.stringify({ version: 1, nodes: Array.from({ length: 10_000 }, () => node) }),
		"too_large",
	],
	[
		"10,000 connections",
		() => JSON.stringify({ version: 1, nodes: [], edges: Array.from({ length: 10_000 }, () => ({})) }),
		"too_large",
	],
	["a text of 10 MB", () => withConfig(JSON.stringify({ command: "x".repeat(10_000_000) })), "too_large"],
	["a text of 3 MB", () => withConfig(JSON.stringify({ command: "x".repeat(3_000_000) })), "too_large"],
	["a list of a million", () => withConfig(`{"a":[${"1,".repeat(1_000_000)}1]}`), "too_large"],
	["20,000 references", () => withConfig(JSON.stringify({ command: "{{a}}".repeat(20_000) })), "too_large"],
	["100,000 levels", () => withConfig(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`), "too_deep"],
	["100,000 nested lists", () => `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "too_deep"],
	["__proto__ as a key", () => withConfig('{"__proto__":{"polluted":true}}'), "forbidden_key"],
	["constructor as a key", () => withConfig('{"env":{"constructor":{"prototype":1}}}'), "forbidden_key"],
	["__proto__ at the top", () => '{"version":1,"nodes":[],"__proto__":{}}', "forbidden_key"],
	["a NUL character", () => withConfig('{"command":"a\\u0000b"}'), "invalid_text"],
	["half a surrogate pair", () => withConfig('{"command":"\\ud800"}'), "invalid_text"],
	["a NUL character in a name", () => withConfig('{"env":{"a\\u0000b":1}}'), "invalid_text"],
	["half a surrogate pair in a name", () => withConfig('{"env":{"\\ud800":1}}'), "invalid_text"],
	["no JSON", () => "{nodes:", "invalid_json"],
	["a list", () => "[]", "invalid_shape"],
	["null", () => "null", "invalid_shape"],
])("%s: one clear issue", (_, text, code) => {
	const { issues } = parsePlanJson(text());
	expect(issues).toMatchObject([{ severity: "error", code }]);
	expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test("a hostile value is placed at its node", () => {
	expect(parsePlanJson(withConfig('{"env":{"__proto__":1}}')).issues).toMatchObject([
		{ nodeId: "a", field: "config.env.__proto__" },
	]);
});

test("thousands of mistakes give a bounded list", () => {
	const nodes = Array.from({ length: 2_000 }, () => ({ wrong: 1 }));
	expect(parsePlan({ version: 1, nodes }).issues).toHaveLength(100);
});

const anything = fc.oneof(
	fc.jsonValue({ maxDepth: 5 }),
	fc.constantFrom("a", "b", "shell", "loop", "out", 1, null, "{{ steps.a.output }}", "{{", "__proto__"),
);

test("no JSON makes parsing or validating throw", () => {
	const key = fc.constantFrom(
		"version",
		"nodes",
		"edges",
		"inputs",
		"settings",
		"notes",
		"triggers",
		"config",
		"id",
		"__proto__",
	);
	const json = fc.oneof(anything, fc.dictionary(key, fc.oneof(anything, fc.array(anything))));
	fc.assert(
		fc.property(json, (value) => {
			const { plan, issues } = parsePlanJson(JSON.stringify(value));
			expect(plan ? validatePlan(plan, { definitions: testDefinitions }) : issues.length > 0).toBeTruthy();
		}),
		{ numRuns: 500 },
	);
});

test("no config makes validating throw", () => {
	const key = fc.constantFrom(
		"command",
		"env",
		"when",
		"items",
		"vars",
		"next",
		"stopWhen",
		"fields",
		"message",
		"toString",
		"input",
	);
	const text = fc.string({
		unit: fc.constantFrom("{{", "}}", "steps.", "a", ".output", " ", "$((", "))", "'", '"', "\\", "\n", "==", "["),
		maxLength: 15,
	});
	const config = fc.dictionary(key, fc.oneof(anything, text, fc.array(text), fc.dictionary(key, text)));
	const nodes = fc.array(
		fc.record({
			id: fc.constantFrom("a", "b", "c", "d"),
			type: fc.constantFrom(...Object.keys(testDefinitions), "toString"),
			name: fc.constant("N"),
			config,
			parent: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }),
			onFailure: fc.constantFrom("stop", "continue", "branch"),
			disabled: fc.boolean(),
		}),
	);
	const edges = fc.array(
		fc.record({
			from: fc.constantFrom("a", "b", "c"),
			port: fc.constantFrom("out", "true"),
			to: fc.constantFrom("a", "b", "c"),
		}),
	);
	fc.assert(
		fc.property(nodes, edges, (nodes, edges) => {
			const { plan } = parsePlan({ version: 1, nodes, edges });
			if (plan) validatePlan(plan, { definitions: testDefinitions, credentials: [] });
		}),
		{ numRuns: 1_000 },
	);
});
