import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, hashPlan } from "./hash-plan";
import { planSchema } from "./plan";

const source = {
	version: 1,
	inputs: [{ name: "a", type: "text" }],
	nodes: [
		{ id: "x", type: "shell", name: "X", config: { command: "ls", env: { B: 1, A: "é" } } },
		{ id: "y", type: "shell", name: "Y", retry: { maxAttempts: 2 } },
	],
	edges: [
		{ from: "x", to: "y" },
		{ from: "x", port: "error", to: "y" },
	],
};
const plan = planSchema.parse(source);
const [x, y] = source.nodes;

test("the hash is a sha-256 in hex", () => {
	expect(hashPlan(plan)).toMatch(/^[0-9a-f]{64}$/);
});

test("canonical JSON sorts keys at every depth and leaves out undefined", () => {
	const text = canonicalJson({ b: [{ d: undefined, c: 1 }, null], a: "é" });
	expect(text).toBe('{"a":"é","b":[{"c":1},null]}');
	expect(createHash("sha256").update(text).digest("hex")).toHaveLength(64);
});

test("positions, notes, order and written-out defaults do not count", () => {
	const moved = planSchema.parse({
		edges: source.edges.toReversed().map(({ from, port, to }) => ({ to, port: port ?? "out", from })),
		nodes: [
			{ ...y, position: { x: 5, y: 6 }, disabled: false, onFailure: "stop" },
			{ ...x, config: { env: { A: "é", B: 1 }, command: "ls" } },
		],
		notes: [{ id: "n", text: "hello", position: { x: 0, y: 0 } }],
		settings: { timeoutSeconds: 86_400 },
		inputs: [{ type: "text", name: "a", required: false }],
		version: 1,
	});
	expect(hashPlan(moved)).toBe(hashPlan(plan));
});

test.each([
	["a config", { nodes: [{ ...x, config: { command: "ls -l" } }, y] }],
	["a name", { nodes: [{ ...x, name: "Other" }, y] }],
	["disabling", { nodes: [{ ...x, disabled: true }, y] }],
	["a connection", { edges: source.edges.slice(1) }],
	["a setting", { settings: { timeoutSeconds: 5 } }],
	["an input", { inputs: [] }],
	["the order of a list in a config", { nodes: [{ ...x, config: { list: [1, 2] } }, y] }],
])("%s changes the hash", (_, change) => {
	expect(hashPlan(planSchema.parse({ ...source, ...change }))).not.toBe(hashPlan(plan));
});

test("the order of keys never changes canonical JSON, and it means the same", () => {
	const shuffle = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(shuffle);
		if (typeof value !== "object" || value === null) return value;
		return Object.fromEntries(
			Object.entries(value)
				.reverse()
				.map(([key, item]) => [key, shuffle(item)]),
		);
	};
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect(canonicalJson(shuffle(value))).toBe(canonicalJson(value));
			expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
		}),
	);
});
