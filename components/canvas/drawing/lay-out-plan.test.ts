import { describe, expect, it } from "vitest";
import { indexPlan } from "@/server/plan/graph/index-plan";
import { testPlan } from "@/server/plan/test-plan";
import type { Point } from "./geometry";
import { layOutPlan } from "./lay-out-plan";

type Nodes = Parameters<typeof testPlan>[0];

function cardOf(nodes: Nodes, edges: readonly string[], note?: Point): Point {
	const plan = testPlan(nodes, edges);
	const notes = note ? [{ id: "note", text: "Why", position: note, width: 208, height: 60 }] : [];
	const { x, y } = layOutPlan(indexPlan({ ...plan, notes })).trigger.rect;
	return { x, y };
}

describe("the card of triggers", () => {
	const a = { id: "a", position: { x: 248, y: 0 } };
	const b = { id: "b", position: { x: 496, y: 0 } };

	it("stands a column before the first step, on its line", () => {
		expect(cardOf([a, b], ["a>b"])).toEqual({ x: 0, y: 0 });
	});

	it("stays where it is when a step without input appears elsewhere", () => {
		expect(cardOf([a, b, { id: "c", position: { x: -600, y: 400 } }], ["a>b"])).toEqual({ x: 0, y: 0 });
		expect(cardOf([a, b], [])).toEqual({ x: 0, y: 0 });
	});

	it("stands on the line of the middle one of the steps that begin in its column", () => {
		const rows = ["a", "b", "c"].map((id, row) => ({ id, position: { x: 248 + row, y: 84 * row } }));
		expect(cardOf(rows, [])).toEqual({ x: 0, y: 84 });
	});

	it("moves left until it covers neither a step, nor a container, nor a note", () => {
		const late = { id: "late", position: { x: 100, y: 20 } };
		expect(cardOf([a, late], ["a>late"])).toEqual({ x: 100 - 248, y: 0 });
		const each = { id: "each", type: "for-each", position: { x: -120, y: -20 } };
		const inner = { id: "inner", parent: "each", position: { x: 24, y: 52 } };
		expect(cardOf([a, each, inner], ["a>each"])).toEqual({ x: -120 - 248, y: 0 });
		expect(cardOf([a, b], ["a>b"], { x: 40, y: -30 })).toEqual({ x: 40 - 248, y: 0 });
	});

	it("stands before the first of the columns of a plan that was never moved by hand", () => {
		const ids = Array.from({ length: 12 }, (_, i) => `n${i}`);
		const chain = ids.slice(1).map((id, i) => `n${i}>${id}`);
		expect(cardOf(ids, chain)).toEqual({ x: 0, y: 0 });
		expect(cardOf(["a", "b", "c"], [])).toEqual({ x: 0, y: 84 });
	});
});
