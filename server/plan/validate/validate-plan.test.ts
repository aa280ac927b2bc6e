import { expect, test } from "vitest";
import { shell } from "@/server/plan/test-plan";
import type { Issue } from "../issue";
import type { PlanNode } from "../plan";
import { brief, checkPlan } from "./test-check";

const errors = (issues: readonly Issue[]) => issues.filter(({ severity }) => severity === "error");

test("a good plan has no issues", () => {
	expect(checkPlan(["only"])).toEqual([]);
	const issues = checkPlan(
		[
			shell("a", "echo {{ inputs.name }} {{ secrets.github_token }} {{ run.id }}"),
			{ id: "check", type: "condition", config: { when: "steps.a.output.exitCode == 0 && has(steps.a.output.x)" } },
			shell("b", "echo {{ steps.a.output.stdout }}"),
			{ id: "each", type: "for-each", config: { items: "{{ steps.a.output.list }}" } },
			shell("inner", "echo {{ item }} {{ iteration.index }} {{ steps.a.output.x }}", { parent: "each" }),
			shell("after", "echo {{ steps.inner.output }}", { parent: "each" }),
			{
				id: "again",
				type: "loop",
				config: {
					vars: { n: 1 },
					stopWhen: "steps.turn.output.ok || vars.n > 3",
					next: { n: "{{ steps.turn.output.n }}" },
				},
			},
			shell("turn", "echo {{ vars.n }} {{ iteration.previous.turn.output.n }}", { parent: "again" }),
		],
		["a -> check", "check.true -> b", "check.false -> each", "inner -> after", "b -> again", "each -> again"],
		{ inputs: [{ name: "name", type: "text" }] },
	);
	expect(issues).toEqual([]);
});

test.each([
	["two steps of one id", ["a", "a"], [], ["duplicate_id a id"]],
	["an unknown type", [{ id: "a", type: "shel" }], [], ["unknown_type a type"]],
	["a connection to nothing", ["a", "b"], ["a -> b", "a -> nope"], ["unknown_node a edges.out"]],
	["a connection from nothing", ["a", "b"], ["a -> b", "nope -> b"], ["unknown_node b edges.out"]],
	["a connection twice", ["a", "b"], ["a -> b", "a -> b"], ["duplicate_edge a edges.out"]],
	["a connection with itself", ["a", "b"], ["a -> b", "a -> a"], ["self_edge a edges.out"]],
	["an unknown exit", ["a", "b", "c"], ["a -> b", "b -> c", "a.true -> c"], ["unknown_port a edges.true"]],
	["an error exit without branching", ["a", "b"], ["a -> b", "a.error -> b"], ["unknown_port a edges.error"]],
	["a missing container", [{ id: "a", parent: "nope" }], [], ["unknown_parent a parent"]],
	["a container that is none", ["b", { id: "a", parent: "b" }], [], ["parent_no_container a parent"]],
	[
		"a container with a time limit",
		[
			{ id: "l", type: "loop", timeoutSeconds: 5 },
			{ id: "a", parent: "l" },
		],
		[],
		["not_a_step l timeoutSeconds"],
	],
	["an empty container", [{ id: "l", type: "loop" }], [], ["empty_container l"]],
	[
		"a step that continues without out",
		[{ id: "c", type: "condition", onFailure: "continue" }],
		[],
		["cannot_continue c onFailure"],
	],
] satisfies [string, (string | Partial<PlanNode>)[], string[], string[]][])(
	"%s is found",
	(_, nodes, edges, expected) => {
		expect(brief(errors(checkPlan(nodes, edges)))).toEqual(expected);
	},
);

test("a branching step has an exit error", () => {
	expect(checkPlan([{ id: "a", onFailure: "branch" }, "b", "c"], ["a -> b", "a.error -> c"])).toEqual([]);
});

test("a connection across a container's border is found, in both directions and between bodies", () => {
	const nodes = [
		"a",
		{ id: "l", type: "loop" },
		{ id: "x", parent: "l" },
		{ id: "m", type: "loop" },
		{ id: "y", parent: "m" },
	];
	const issues = checkPlan(nodes, ["a -> l", "a -> m", "a -> x", "x -> a", "x -> y", "l -> x"]);
	expect(brief(issues)).toEqual([
		"crosses_container a edges.out",
		"crosses_container x edges.out",
		"crosses_container x edges.out",
		"crosses_container l edges.out",
	]);
});

test("a cycle is named by its steps, in their order", () => {
	const issues = checkPlan(
		["start", "a", "b", "c", "behind"],
		["start -> a", "a -> b", "b -> c", "c -> a", "c -> behind"],
	);
	expect(issues).toMatchObject([{ code: "cycle", field: "edges" }]);
	expect(issues[0]?.message).toMatch(/^“(A” → “B” → “C” → “A|B” → “C” → “A” → “B|C” → “A” → “B” → “C)” form a cycle/);
});

test("each of two cycles is found, also inside a container", () => {
	const nodes = ["a", "b", { id: "l", type: "loop" }, { id: "x", parent: "l" }, { id: "y", parent: "l" }];
	expect(brief(errors(checkPlan(nodes, ["a -> b", "b -> a", "x -> y", "y -> x"])))).toEqual([
		"cycle b edges",
		"cycle y edges",
	]);
});

test("containers inside each other in a circle are found", () => {
	const nodes = [
		{ id: "a", type: "loop", parent: "b" },
		{ id: "b", type: "loop", parent: "a" },
		{ id: "c", type: "loop", parent: "c" },
		{ id: "inner", parent: "a" },
	];
	expect(brief(errors(checkPlan(nodes)))).toEqual([
		"parent_cycle a parent",
		"parent_cycle b parent",
		"parent_cycle c parent",
		"parent_cycle inner parent",
	]);
});

test("containers nest four deep", () => {
	const nodes = [1, 2, 3, 4, 5].map((level) => ({
		id: `l${level}`,
		type: "loop",
		...(level > 1 && { parent: `l${level - 1}` }),
	}));
	expect(brief(checkPlan([...nodes.slice(0, 4), { id: "x", parent: "l4" }]))).toEqual([]);
	expect(brief(checkPlan([...nodes, { id: "x", parent: "l5" }]))).toEqual(["too_deep x parent"]);
});

test("steps behind an exit that is never taken, and steps without a connection, are warnings", () => {
	const nodes = [{ id: "off", type: "condition", disabled: true }, "a", "b", "alone"];
	expect(
		checkPlan(nodes, ["off.true -> a", "a -> b"]).map(({ severity, code, nodeId }) => [severity, code, nodeId]),
	).toEqual([
		["warning", "unconnected", "alone"],
		["warning", "unreachable", "a"],
		["warning", "unreachable", "b"],
	]);
});

test("a step without a connection is said to start with the run, or with each iteration", () => {
	const loop = { id: "loop", type: "loop" };
	const inside = [
		{ id: "b", parent: "loop" },
		{ id: "c", parent: "loop" },
	];
	expect(checkPlan(["a", loop, ...inside], ["loop -> a"]).map(({ message }) => message)).toEqual([
		"“B” waits for no step: it starts with each iteration. Connect it if it should wait.",
		"“C” waits for no step: it starts with each iteration. Connect it if it should wait.",
	]);
	expect(checkPlan(["a", "b", "c"], ["a -> b"]).map(({ message }) => message)).toEqual([
		"“C” waits for no step: it starts with the run. Connect it if it should wait.",
	]);
});

test("a config is checked against its type, in plain words", () => {
	const config = { input: 3, seconds: 60, mode: "medium", typo: 1 };
	expect(
		checkPlan([{ id: "a", type: "transform", config }, { id: "b", config: {} }, shell("c", "")], ["a -> b", "b -> c"]),
	).toMatchObject([
		{ nodeId: "a", field: "config.input", message: "Input must be an object." },
		{ nodeId: "a", field: "config.seconds", message: "Seconds must be at most 10." },
		{ nodeId: "a", field: "config.mode", message: "Mode must be one of: fast, slow." },
		{ nodeId: "a", field: "config.typo", code: "unknown_field" },
		{ nodeId: "b", field: "config.command", message: "Enter the command." },
		{ nodeId: "c", field: "config.command", message: "Write the command to run." },
	]);
});

test("a value that only a run knows is not checked, its neighbours are", () => {
	const config = {
		seconds: "{{ inputs.n }}",
		mode: "{{ inputs.mode }}",
		input: "{{ inputs.all }}",
		code: 5,
		typo: "{{ inputs.n }}",
	};
	const inputs = ["n", "mode", "all"].map((name) => ({ name, type: "text" }));
	expect(brief(checkPlan([{ id: "a", type: "transform", config }], [], { inputs }))).toEqual([
		"invalid_config a config.code",
		"unknown_field a config.typo",
	]);
});

test("inputs and forms are checked too", () => {
	const inputs = [
		{ name: "a", type: "text" },
		{ name: "a", type: "select", options: ["x"], default: "y" },
	];
	const fields = [{ name: "n", type: "number", min: 1, default: 0, required: false }];
	expect(brief(checkPlan([{ id: "ask", type: "approval", config: { fields } }], [], { inputs }))).toEqual([
		"invalid_input inputs.1.name",
		"invalid_input inputs.1.default",
		"invalid_form ask config.fields.0.default",
	]);
});
