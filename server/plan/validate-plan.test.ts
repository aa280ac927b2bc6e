import { expect, test } from "vitest";
import type { Issue } from "./issue";
import { type PlanNode, planSchema } from "./plan";
import { testDefinitions } from "./test-definitions";
import { validatePlan } from "./validate-plan";

const noConfig = { shell: { command: "ls" }, condition: { when: "true" } };

/** Nodes are shells unless they say otherwise; `a.true -> b` is a connection. */
function planOf(nodes: (string | Partial<PlanNode>)[], edges: string[] = [], rest: object = {}) {
	const full = nodes.map((node) => (typeof node === "string" ? { id: node } : node));
	return planSchema.parse({
		version: 1,
		nodes: full.map((node) => {
			const type = node.type ?? "shell";
			return {
				name: node.id?.toUpperCase(),
				type,
				config: type === "shell" || type === "condition" ? noConfig[type] : {},
				...node,
			};
		}),
		edges: edges.map((text) => {
			const [from = "", to] = text.split(" -> ");
			const [id, port = "out"] = from.split(".");
			return { from: id, port, to };
		}),
		...rest,
	});
}

function check(nodes: (string | Partial<PlanNode>)[], edges?: string[], rest?: object): Issue[] {
	return validatePlan(planOf(nodes, edges, rest), { definitions: testDefinitions, credentials: ["github_token"] });
}
const errors = (issues: Issue[]) => issues.filter(({ severity }) => severity === "error");
const brief = (issues: Issue[]) =>
	issues.map(({ nodeId, field, code }) => [code, nodeId, field].filter(Boolean).join(" "));
const shell = (id: string, command: string, rest: Partial<PlanNode> = {}) => ({ id, config: { command }, ...rest });

test("a good plan has no issues", () => {
	expect(check(["only"])).toEqual([]);
	const issues = check(
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
		expect(brief(errors(check(nodes, edges)))).toEqual(expected);
	},
);

test("a branching step has an exit error", () => {
	expect(check([{ id: "a", onFailure: "branch" }, "b", "c"], ["a -> b", "a.error -> c"])).toEqual([]);
});

test("a connection across a container's border is found, in both directions and between bodies", () => {
	const nodes = [
		"a",
		{ id: "l", type: "loop" },
		{ id: "x", parent: "l" },
		{ id: "m", type: "loop" },
		{ id: "y", parent: "m" },
	];
	const issues = check(nodes, ["a -> l", "a -> m", "a -> x", "x -> a", "x -> y", "l -> x"]);
	expect(brief(issues)).toEqual([
		"crosses_container a edges.out",
		"crosses_container x edges.out",
		"crosses_container x edges.out",
		"crosses_container l edges.out",
	]);
});

test("a cycle is named by its steps, in their order", () => {
	const issues = check(["start", "a", "b", "c", "behind"], ["start -> a", "a -> b", "b -> c", "c -> a", "c -> behind"]);
	expect(issues).toMatchObject([{ code: "cycle", field: "edges" }]);
	expect(issues[0]?.message).toMatch(
		/^“(A” → “B” → “C” → “A|B” → “C” → “A” → “B|C” → “A” → “B” → “C)” go round in a circle/,
	);
});

test("each of two cycles is found, also inside a container", () => {
	const nodes = ["a", "b", { id: "l", type: "loop" }, { id: "x", parent: "l" }, { id: "y", parent: "l" }];
	expect(brief(errors(check(nodes, ["a -> b", "b -> a", "x -> y", "y -> x"])))).toEqual([
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
	expect(brief(errors(check(nodes)))).toEqual([
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
	expect(brief(check([...nodes.slice(0, 4), { id: "x", parent: "l4" }]))).toEqual([]);
	expect(brief(check([...nodes, { id: "x", parent: "l5" }]))).toEqual(["too_deep x parent"]);
});

test("steps behind an exit that is never taken, and steps without a connection, are warnings", () => {
	const nodes = [{ id: "off", type: "condition", disabled: true }, "a", "b", "alone"];
	expect(
		check(nodes, ["off.true -> a", "a -> b"]).map(({ severity, code, nodeId }) => [severity, code, nodeId]),
	).toEqual([
		["warning", "unconnected", "alone"],
		["warning", "unreachable", "a"],
		["warning", "unreachable", "b"],
	]);
});

test("a config is checked against its type, in plain words", () => {
	const config = { input: 3, seconds: 60, mode: "medium", typo: 1 };
	expect(
		check([{ id: "a", type: "transform", config }, { id: "b", config: {} }, shell("c", "")], ["a -> b", "b -> c"]),
	).toMatchObject([
		{ nodeId: "a", field: "config.input", message: "Input must be an object." },
		{ nodeId: "a", field: "config.seconds", message: "Seconds must be at most 10." },
		{ nodeId: "a", field: "config.mode", message: "Mode must be one of: fast, slow." },
		{ nodeId: "a", field: "config.typo", code: "unknown_field" },
		{ nodeId: "b", field: "config.command", message: "Command is missing." },
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
	expect(brief(check([{ id: "a", type: "transform", config }], [], { inputs }))).toEqual([
		"invalid_config a config.code",
		"unknown_field a config.typo",
	]);
});

function referenceIssues(command: string) {
	const nodes = [
		"first",
		shell("here", command),
		"later",
		{ id: "off", disabled: true },
		{ id: "each", type: "for-each" },
		{ id: "inside", parent: "each" },
	];
	const edges = ["first -> off", "off -> each", "each -> here", "here -> later"];
	const issues = check(nodes, edges, { inputs: [{ name: "version", type: "text" }] });
	return issues.map(({ code, suggestion }) => (suggestion === undefined ? code : `${code}: ${suggestion}`));
}

test.each([
	["{{ steps.first.output.x }}", []],
	["{{ steps.frist.output.x }}", ["unknown_reference: steps.first.output.x"]],
	["{{ steps.nothing_like_it.output }}", ["unknown_reference"]],
	["{{ steps.first.exitCode }}", ["unknown_reference: steps.first.output.exitCode"]],
	["{{ steps.later.output }}", ["not_before"]],
	["{{ steps.here.output }}", ["not_before"]],
	["{{ steps.inside.output }}", ["inside_container: steps.each.output"]],
	["{{ steps.off.output }}", ["disabled_step"]],
	["{{ steps }}", ["unknown_reference"]],
	["{{ step.first.output }}", ["unknown_reference: steps.first.output"]],
	["{{ first.output }}", ["unknown_reference: steps.first.output"]],
	["{{ inputs.verison }}", ["unknown_reference: inputs.version"]],
	["{{ inputs }} {{ trigger.x.y }} {{ state.z }} {{ run.number }}", []],
	["{{ item.x }}", ["outside_container"]],
	["{{ iteration.index }}", ["outside_container"]],
	["{{ vars.x }}", ["outside_container"]],
	["{{ secrets.github_tokn }}", ["missing_credential: secrets.github_token"]],
	["{{ secrets }}", ["unknown_reference"]],
	["{{ toString }} {{ __proto__ }}", ["unknown_reference", "unknown_reference"]],
	["{{ if x }}", ["invalid_reference"]],
	["\\{{ not.a.reference }}", []],
])("%s gives %j", (command, expected) => {
	expect(referenceIssues(command)).toEqual(expected);
});

test("inside containers item, iteration, vars and earlier siblings are seen, later ones are not", () => {
	const nodes = [
		{ id: "each", type: "for-each" },
		{ id: "repeat", type: "loop", parent: "each", config: { vars: { count: 0 } } },
		shell("a", "{{ item }} {{ vars.count }} {{ vars.cuont }} {{ iteration.previous.b.output }} {{ steps.b.output }}", {
			parent: "repeat",
		}),
		shell("b", "{{ steps.a.output }} {{ steps.repeat.output }} {{ iteration.previous.each.output }}", {
			parent: "repeat",
		}),
		shell("c", "{{ vars.count }} {{ iteration.previous.c.output }} {{ steps.repeat.output }}", { parent: "each" }),
	];
	expect(
		check(nodes, ["a -> b", "repeat -> c"]).map(({ nodeId, code, suggestion }) => [nodeId, code, suggestion]),
	).toEqual([
		["a", "unknown_reference", "vars.count"],
		["a", "not_before", undefined],
		["b", "not_before", undefined],
		["b", "unknown_reference", undefined],
		["c", "outside_container", undefined],
		["c", "outside_container", undefined],
	]);
});

test("what a container works out after an iteration sees the steps inside; what it starts with does not", () => {
	const loop = (config: object) =>
		check([
			{ id: "l", type: "loop", config: { vars: { n: 0 }, ...config } },
			{ id: "x", parent: "l" },
		]);
	expect(
		loop({ stopWhen: "steps.x.output.ok && vars.n > 1 && iteration.index > 2", next: { n: "{{ steps.x.output.n }}" } }),
	).toEqual([]);
	expect(brief(loop({ vars: { n: "{{ steps.x.output.n }}" } }))).toEqual(["inside_container l config.vars.n"]);
	expect(brief(loop({ next: { n: "{{ steps.y.output.n }}" }, stopWhen: "steps.l.output" }))).toEqual([
		"unknown_reference l config.next.n",
		"not_before l config.stopWhen",
	]);
});

test("expressions are checked with their place, and their references like any other", () => {
	const when = (text: string) => check([{ id: "a", type: "condition", config: { when: text } }]);
	expect(when("inputs.x ==\n ")).toMatchObject([{ code: "invalid_expression", field: "config.when" }]);
	expect(when("a b\n")[0]?.message).toMatch(/^When \(line 1, column 3\): /);
	expect(brief(when("steps.nope.output == 1"))).toEqual(["unknown_reference a config.when"]);
	expect(when("")).toMatchObject([{ message: "Write the condition." }]);
});

test("a reference where a shell would evaluate its value is refused", () => {
	const issues = check([shell("a", "x=1\necho $(( {{ inputs.n }} + 1 ))")], [], {
		inputs: [{ name: "n", type: "number" }],
	});
	expect(brief(issues)).toEqual(["unsafe_shell_reference a config.command"]);
	expect(issues[0]?.message).toMatch(/^Command \(line 2, column 10\): \{\{ inputs\.n \}\} cannot stand here\. /);
});

test("inputs and forms are checked too", () => {
	const inputs = [
		{ name: "a", type: "text" },
		{ name: "a", type: "select", options: ["x"], default: "y" },
	];
	const fields = [{ name: "n", type: "number", min: 1, default: 0, required: false }];
	expect(brief(check([{ id: "ask", type: "approval", config: { fields } }], [], { inputs }))).toEqual([
		"invalid_input inputs.1.name",
		"invalid_input inputs.1.default",
		"invalid_form ask config.fields.0.default",
	]);
});
