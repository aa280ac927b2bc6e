import fc from "fast-check";
import { expect, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { anyPlan } from "../arbitrary-plans";
import type { Plan } from "../plan";
import { testDefinitions } from "../test-definitions";
import { followRenames, rekey } from "./follow-renames";
import { renameNodeId } from "./rename-node-id";

const plan = testPlan([
	{ id: "fetch", name: "Fetch", config: { command: "curl" }, position: { x: 0, y: 0 } },
	{ id: "build", name: "Build", config: { command: "echo {{ steps.fetch.output }}" }, position: { x: 248, y: 0 } },
]);

test("a renamed step is known again, also when something else about it was changed since", () => {
	const renamed = renameNodeId(plan, { from: "fetch", to: "download" }, testDefinitions);
	expect([...followRenames(plan, renamed)]).toEqual([["fetch", "download"]]);
	for (const change of [{ name: "Load" }, { position: { x: 9, y: 9 } }, { config: { command: "wget" } }]) {
		expect([...followRenames(plan, changeNode(renamed, "download", change))]).toEqual([["fetch", "download"]]);
	}
});

test("a step that was deleted, or put in the place of another, is no renamed one", () => {
	const without = { ...plan, nodes: plan.nodes.slice(1) };
	expect([...followRenames(plan, without)]).toEqual([]);
	const other = changeNode(without, "build", { id: "deploy", name: "Deploy", config: { command: "ship" } });
	expect([...followRenames(plan, other)]).toEqual([]);
});

test("what two steps keep follows them when they exchange their ids, or one takes the other's", () => {
	const exchanged = changeNode(changeNode(plan, "fetch", { id: "~" }), "build", { id: "fetch" });
	const both = changeNode(exchanged, "~", { id: "build" });
	expect(rekey({ fetch: 1, build: 2 }, followRenames(plan, both))).toEqual({ build: 1, fetch: 2 });
	const moved = changeNode(changeNode(plan, "build", { id: "deploy" }), "fetch", { id: "build" });
	expect(rekey({ fetch: 1, build: 2 }, followRenames(plan, moved))).toEqual({ build: 1, deploy: 2 });
});

test("what is kept of a deleted step makes way, and comes back when the renaming is undone", () => {
	const kept = { fetch: "mine", old: "of a deleted step" };
	const renamed = changeNode(plan, "fetch", { id: "old" });
	const after = rekey(kept, followRenames(plan, renamed));
	expect(after).toEqual({ old: "mine", fetch: "of a deleted step" });
	expect(rekey(after, followRenames(renamed, plan))).toEqual(kept);
});

test("two thousand steps that all have other ids are followed one by one, in their order", () => {
	const ids = Array.from({ length: 2_000 }, (_, index) => index);
	const alike = (prefix: string) => testPlan(ids.map((index) => ({ id: `${prefix}${index}`, name: "Same" })));
	const renames = followRenames(alike("a"), alike("b"));
	expect([...renames]).toEqual(ids.map((index) => [`a${index}`, `b${index}`]));
});

test("of two steps with one id in a draft none has gone", () => {
	const twins = testPlan([
		{ id: "r", name: "One" },
		{ id: "a", name: "Two" },
		{ id: "r", name: "Three", config: { command: "ls" } },
	]);
	const renamed = changeNode(twins, "a", { id: "b" });
	expect([...followRenames(twins, renamed)]).toEqual([["a", "b"]]);
	expect([...followRenames(renamed, twins)]).toEqual([["b", "a"]]);
});

test("whatever the plan, one renaming is found, and nothing else", () => {
	fc.assert(
		fc.property(anyPlan, fc.nat(), (some, pick) => {
			const from = some.nodes[pick % Math.max(1, some.nodes.length)]?.id;
			if (from === undefined) return;
			const renamed = renameNodeId(some, { from, to: "quite_another" }, testDefinitions);
			expect([...followRenames(some, renamed)]).toEqual([[from, "quite_another"]]);
			expect([...followRenames(renamed, some)]).toEqual([["quite_another", from]]);
		}),
	);
});

function changeNode(some: Plan, id: string, change: object): Plan {
	return { ...some, nodes: some.nodes.map((node) => (node.id === id ? { ...node, ...change } : node)) };
}
