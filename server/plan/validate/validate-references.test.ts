import { expect, test } from "vitest";
import { shell } from "@/server/plan/test-plan";
import type { PlanNode } from "../plan";
import { brief, checkPlan } from "./test-check";

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
	const issues = checkPlan(nodes, edges, { inputs: [{ name: "version", type: "text" }] });
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
	["{{ secrets.db }} {{ secrets.db.host }} {{ secrets.login.user }}", []],
	["{{ secrets.db.hsot }}", ["unknown_reference: secrets.db.host"]],
	["{{ secrets.bd.host }}", ["missing_credential: secrets.db.host"]],
	["{{ secrets.login }}", ["unknown_reference: secrets.login.user"]],
	["{{ secrets.github_token.user }}", ["unknown_reference: secrets.github_token"]],
	["{{ secrets.db.host.name }}", ["unknown_reference"]],
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
		checkPlan(nodes, ["a -> b", "repeat -> c"]).map(({ nodeId, code, suggestion }) => [nodeId, code, suggestion]),
	).toEqual([
		["a", "unknown_reference", "vars.count"],
		["a", "not_before", undefined],
		["b", "not_before", undefined],
		["b", "unknown_reference", undefined],
		["c", "outside_container", undefined],
		["c", "outside_container", undefined],
	]);
});

test("an outer item and iteration are those that the container around sees itself", () => {
	const nested = (command: string) =>
		checkPlan([
			{ id: "orders", type: "for-each" },
			{ id: "tries", type: "loop", parent: "orders", config: { vars: { n: 0 } } },
			{ id: "lines", type: "for-each", parent: "tries" },
			shell("x", command, { parent: "lines" }),
		]).filter(({ nodeId }) => nodeId === "x");
	const fine = [
		...["outer.item", "outer.outer.item", "outer.iteration.index", "outer.vars.n", "outer"],
		"outer.iteration.previous.lines.output",
	];
	expect(nested(fine.map((path) => `{{ ${path} }}`).join(" "))).toEqual([]);
	const problems = (path: string) =>
		nested(`{{ ${path} }}`).map(({ code, message, suggestion }) => [code, message.split(". ")[0], suggestion]);
	expect(problems("outer.outer.outer.item")).toEqual([
		[
			"outside_container",
			"outer.outer.outer can only be used inside a container that stands in another one",
			undefined,
		],
	]);
	expect(problems("outer.itm.name")).toEqual([
		["unknown_reference", "outer.itm.name: outer has only item, iteration, vars, outer.", "outer.item.name"],
	]);
	expect(problems("outer.vars.m")).toEqual([
		["unknown_reference", "outer.vars.m: The loop has no variable m", "outer.vars.n"],
	]);
	expect(problems("outer.outer.vars.n")).toEqual([
		["outside_container", "outer.outer.vars can only be used inside a loop", undefined],
	]);
	expect(problems("outer.iteration.previous.nope.output").map(([code]) => code)).toEqual(["unknown_reference"]);
});

test("outer names nothing where no container stands around the own one", () => {
	const issues = checkPlan([{ id: "each", type: "for-each" }, shell("x", "{{ outer.item }}", { parent: "each" })]);
	expect(brief(issues).filter((text) => text.includes(" x "))).toEqual(["outside_container x config.command"]);
});

test("what a container works out after an iteration sees the steps inside; what it starts with does not", () => {
	const loop = (config: object) =>
		checkPlan([
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
	const when = (text: string) => checkPlan([{ id: "a", type: "condition", config: { when: text } }]);
	expect(when("inputs.x ==\n ")).toMatchObject([{ code: "invalid_expression", field: "config.when" }]);
	expect(when("a b\n")[0]?.message).toMatch(/^When \(line 1, column 3\): /);
	expect(brief(when("steps.nope.output == 1"))).toEqual(["unknown_reference a config.when"]);
	expect(when("")).toMatchObject([{ message: "Write the condition." }]);
});

test("a reference where a shell would evaluate its value is refused", () => {
	const issues = checkPlan([shell("a", "x=1\necho $(( {{ inputs.n }} + 1 ))")], [], {
		inputs: [{ name: "n", type: "number" }],
	});
	expect(brief(issues)).toEqual(["unsafe_shell_reference a config.command"]);
	expect(issues[0]?.message).toMatch(/^Command \(line 2, column 10\): \{\{ inputs\.n \}\} cannot be used here\. /);
});

test("parts that an output never has are told, with what was meant", () => {
	const issues = (command: string, rest: Partial<PlanNode> = {}) =>
		checkPlan([{ id: "gate", type: "condition", ...rest }, shell("a", command)], ["gate.true -> a"]).map(
			({ severity, code, suggestion }) => `${severity} ${code} ${suggestion}`,
		);
	expect(issues("{{ steps.gate.output }} {{ steps.gate.output.result }}")).toEqual([]);
	expect(issues("{{ steps.gate.output.reslut }}")).toEqual(["error unknown_output steps.gate.output.result"]);
	expect(issues("{{ steps.gate.output.result.deep }}")).toEqual(["error unknown_output steps.gate.output.result"]);
	expect(issues("{{ steps.gate.output.error.message }}")).toEqual(["error unknown_output undefined"]);
	expect(issues("{{ steps.gate.output.error.message }}", { onFailure: "continue" })).toEqual([
		"error cannot_continue undefined",
	]);
	expect(issues("{{ steps.gate.output.constructor }}")).toEqual(["error unknown_output undefined"]);
});

test("an expression may ask for a part that may not be there", () => {
	const nodes = [
		{ id: "gate", type: "condition" },
		{ id: "next", type: "condition", config: { when: "has(steps.gate.output.reslut)" } },
	];
	expect(checkPlan(nodes, ["gate.true -> next"])).toMatchObject([{ severity: "warning", code: "unknown_output" }]);
});

test("a step of a branch that need not be taken is told", () => {
	const nodes = (meets: string) => [
		{ id: "gate", type: "condition" },
		"yes",
		"no",
		{ id: "each", type: "for-each", config: { items: "{{ steps.yes.output }}" } },
		shell("inside", "{{ steps.yes.output }}", { parent: "each" }),
		shell("meets", meets),
	];
	const edges = ["gate.true -> yes", "gate.false -> no", "yes -> each", "each -> meets", "no -> meets"];
	expect(checkPlan(nodes("{{ steps.gate.output.result }}"), edges)).toEqual([]);
	expect(checkPlan(nodes("{{ steps.no.output.stdout }}"), edges)).toMatchObject([
		{
			severity: "warning",
			code: "may_not_run",
			nodeId: "meets",
			message:
				"steps.no.output.stdout: “NO” runs only when “GATE” leaves by “false”. Where it does not, this value is missing and the step fails.",
		},
	]);
	expect(brief(checkPlan(nodes("{{ steps.inside.output }}"), edges))).toEqual([
		"inside_container meets config.command",
	]);
});
