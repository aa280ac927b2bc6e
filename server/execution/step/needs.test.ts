import { expect, test } from "vitest";
import type { PlanNode } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { needsOf } from "./needs";

function nodeOf(type: string, config: object): PlanNode {
	const [node] = testPlan([{ id: "n", type, name: "N", config }]).nodes;
	if (node === undefined) throw new Error("The plan has no node.");
	return node;
}

test("prose about secrets and steps reads neither", () => {
	const message = "Do you know where secrets.TOKEN is? See steps.build.output, or vars.";
	expect(needsOf(nodeOf("approval", { message }))).toEqual({ roots: new Set(), steps: [], previous: [], secrets: [] });
});

test("code and scripts read nothing but their references", () => {
	expect(needsOf(nodeOf("transform", { code: "return steps.a.output", input: {} })).steps).toEqual([]);
	const command =
		"echo steps.b.output {{ steps.a.output }} {{ secrets.TOKEN }} {{ inputs.x ?? steps.c.output }} {{ secrets.DB.host }}";
	const needs = needsOf(nodeOf("shell", { command }));
	expect(needs).toMatchObject({ steps: ["a", "c"], secrets: ["TOKEN", "DB.host"] });
	expect([...needs.roots].sort()).toEqual(["inputs", "secrets", "steps"]);
});

test("expressions read the paths they name, and all steps where they work the name out", () => {
	const when = "steps['a'].output > iteration.previous.b.output && outer.iteration.previous.c.output == state.n";
	const needs = needsOf(nodeOf("condition", { when }));
	expect(needs).toMatchObject({ steps: ["a"], previous: ["b", "c"], secrets: [] });
	expect([...needs.roots].sort()).toEqual(["iteration", "outer", "state", "steps"]);
	expect(needsOf(nodeOf("condition", { when: "steps[inputs.name].output == 1" })).steps).toBe("all");
	expect(needsOf(nodeOf("condition", { when: "iteration.index > 1" })).previous).toEqual([]);
});

test("a step that works with variables reads them without a reference", () => {
	expect([...needsOf(nodeOf("state", { action: "get", key: "n" })).roots]).toEqual(["state"]);
});
