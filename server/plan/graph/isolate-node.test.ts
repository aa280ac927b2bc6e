import { expect, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { isolateNode } from "./isolate-node";

const plan = testPlan(
	[
		{ id: "before", type: "comment", name: "Before" },
		{ id: "each", type: "for-each", name: "Each" },
		{ id: "say", name: "Say", parent: "each", disabled: true, retry: {} },
		{ id: "again", type: "loop", name: "Again", parent: "each" },
		{ id: "deep", name: "Deep", parent: "again" },
	],
	["before -> each", "say -> again"],
	{
		inputs: [{ name: "who", type: "text" }],
		notes: [{ id: "note", text: "Hello", position: { x: 0, y: 0 } }],
		settings: { budgetUsd: 2 },
	},
);

test("a step stands alone, free of its container, enabled, with its own settings", () => {
	const alone = isolateNode(plan, "say");
	expect(alone?.nodes).toMatchObject([{ id: "say", retry: { maxAttempts: 3 } }]);
	expect(alone?.nodes[0]).not.toHaveProperty("parent");
	expect(alone?.nodes[0]).not.toHaveProperty("disabled");
	expect(alone).toMatchObject({ edges: [], notes: [], inputs: [], settings: { budgetUsd: 2 } });
});

test("a container brings along everything inside it, however deep", () => {
	const alone = isolateNode(plan, "each");
	expect(alone?.nodes.map(({ id, parent }) => [id, parent])).toEqual([
		["each", undefined],
		["say", "each"],
		["again", "each"],
		["deep", "again"],
	]);
	expect(alone?.edges).toEqual([{ from: "say", port: "out", to: "again" }]);
});

test("containers that stand inside each other do not keep it busy for ever", () => {
	const circle = testPlan([
		{ id: "one", type: "loop", name: "One", parent: "two" },
		{ id: "two", type: "loop", name: "Two", parent: "one" },
	]);
	expect(isolateNode(circle, "one")?.nodes.map(({ id }) => id)).toEqual(["one", "two"]);
});

test("a step that is not there has no plan", () => {
	expect(isolateNode(plan, "nowhere")).toBeUndefined();
});
