import { describe, expect, it, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { catalog } from "../../nodes/catalog";
import { connect, disconnect, reconnect } from "./connect";
import { edgeKey } from "./edge-key";
import { explainRefusal, refusalsFrom } from "./explain-refusal";

const plan = testPlan(
	[
		"checkout",
		"install",
		"test",
		{ id: "check", type: "condition" },
		{ id: "each", type: "for-each", name: "For each region" },
		{ id: "deploy", parent: "each" },
		{ id: "probe", parent: "each" },
		{ id: "report", parent: "each" },
		{ id: "odd", type: "from-the-future" },
	],
	["checkout>install", "install>test", "deploy>probe"],
);
const refusal = (from: string, port: string, to: string) => explainRefusal(plan, { from, port, to }, catalog);

describe("a connection is refused", () => {
	it("when it closes a circle, however long", () => {
		expect(refusal("test", "out", "checkout")).toEqual({
			title: "This would create a cycle",
			detail: "“checkout” already comes before “test”. To repeat steps, put them in a loop.",
		});
	});

	it.each([
		["from a step to itself", "test", "out", "test", "A step cannot follow itself"],
		["when it is there already", "checkout", "out", "install", "These two are already connected"],
		["out of a container", "probe", "out", "test", "Goes out of “For each region”"],
		["into a container", "test", "out", "deploy", "Goes into “For each region”"],
		["from a container to what is inside it", "each", "out", "deploy", "Goes into “For each region”"],
		["from inside to the container itself", "probe", "out", "each", "Goes out of “For each region”"],
		["from an exit that the step does not have", "check", "out", "test", "This port no longer exists"],
		["when the step is gone", "check", "true", "nobody", "This step no longer exists"],
	])("%s", (_, from, port, to, title) => {
		expect(refusal(from, port, to)?.title).toBe(title);
		expect(connect(plan, { from, port, to }, catalog)).toBe(plan);
	});

	it.each([
		["past a step", "checkout", "out", "test"],
		["from another exit", "check", "true", "test"],
		["inside a container", "probe", "out", "report"],
		["from a step whose type this version does not know", "odd", "anything", "test"],
	])("but not %s", (_, from, port, to) => {
		expect(refusal(from, port, to)).toBeUndefined();
		expect(connect(plan, { from, port, to }, catalog).edges).toEqual([...plan.edges, { from, port, to }]);
	});

	test("the answers for one exit are those for each target", () => {
		const answer = refusalsFrom(plan, { from: "install", port: "out" }, catalog);
		for (const { id } of plan.nodes) expect(answer(id)).toEqual(refusal("install", "out", id));
	});
});

describe("an end that is dragged elsewhere", () => {
	it("keeps the connection's place in the plan", () => {
		const after = reconnect(
			plan,
			{ edge: "checkout.out>install", to: { from: "checkout", port: "out", to: "test" } },
			catalog,
		);
		expect(after.edges.map(edgeKey)).toEqual(["checkout.out>test", "install.out>test", "deploy.out>probe"]);
	});

	it("may turn the connection round, since the old one goes", () => {
		const after = reconnect(
			plan,
			{ edge: "install.out>test", to: { from: "test", port: "out", to: "install" } },
			catalog,
		);
		expect(after.edges.map(edgeKey)).toContain("test.out>install");
	});

	it("stays where it is when the new place is refused", () => {
		const to = { from: "install", port: "out", to: "deploy" };
		expect(reconnect(plan, { edge: "install.out>test", to }, catalog)).toBe(plan);
	});
});

test("disconnecting takes only what was named", () => {
	expect(disconnect(plan, ["install.out>test", "no.such>thing"]).edges.map(edgeKey)).toEqual([
		"checkout.out>install",
		"deploy.out>probe",
	]);
});
