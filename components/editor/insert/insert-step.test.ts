import { describe, expect, it } from "vitest";
import { drawPlan } from "@/components/canvas/drawing/draw-plan";
import { TRIGGER_ID } from "@/components/canvas/drawing/edge-ends";
import type { Rect } from "@/components/canvas/drawing/geometry";
import { edgeKey } from "@/server/plan/edits/edge-key";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { insertStep, placeAfter, type StepPlace } from "./insert-step";

const line = testPlan(
	[
		{ id: "a", position: { x: 248, y: 0 } },
		{ id: "b", position: { x: 496, y: 0 } },
		{ id: "c", position: { x: 744, y: 0 } },
	],
	["a>b", "b>c"],
);

const loop = testPlan(
	[
		{ id: "before", position: { x: 248, y: 52 } },
		{ id: "each", type: "for-each", position: { x: 496, y: 0 } },
		{ id: "inner", parent: "each", position: { x: 24, y: 52 } },
		{ id: "after", position: { x: 792, y: 52 } },
	],
	["before>each", "each>after"],
);

function insert(plan: Plan, place: StepPlace, type = "python"): Plan {
	return insertStep(drawPlan(plan), place, { type })(plan);
}

function rectOf(plan: Plan, id: string): Rect {
	const nodeLayout = drawPlan(plan).layout.nodes.get(id);
	if (!nodeLayout) throw new Error(`${id} is not drawn`);
	return nodeLayout.rect;
}

const edgesOf = (plan: Plan) => plan.edges.map(edgeKey);

describe("a step on an edge", () => {
	it("takes the place of what follows, which moves right by a column with all that comes after it", () => {
		const plan = insert(line, { kind: "edge", edge: "a.out>b" });
		expect(edgesOf(plan)).toEqual(["a.out>python", "python.out>b", "b.out>c"]);
		expect(["a", "python", "b", "c"].map((id) => rectOf(plan, id).x)).toEqual([248, 496, 744, 992]);
	});

	it("moves nothing where there is room", () => {
		const wide = testPlan(
			[
				{ id: "a", position: { x: 248, y: 0 } },
				{ id: "b", position: { x: 1_200, y: 0 } },
			],
			["a>b"],
		);
		const plan = insert(wide, { kind: "edge", edge: "a.out>b" });
		expect(rectOf(plan, "b").x).toBe(1_200);
	});

	it("goes between the triggers and the first step", () => {
		const plan = insert(line, { kind: "edge", edge: `${TRIGGER_ID}>a` });
		expect(edgesOf(plan)).toContain("python.out>a");
		expect(rectOf(plan, "python").x).toBeLessThan(rectOf(plan, "a").x);
	});

	it("goes inside a container on the edges from and to its border", () => {
		const first = insert(loop, { kind: "edge", edge: "each>>inner" });
		expect(edgesOf(first)).toContain("python.out>inner");
		expect(first.nodes.at(-1)?.parent).toBe("each");
		const last = insert(loop, { kind: "edge", edge: "inner.out>>each" });
		expect(edgesOf(last)).toContain("inner.out>python");
		expect(last.nodes.at(-1)?.parent).toBe("each");
	});
});

describe("a step behind another", () => {
	it("stands a column on, on the line of the exit", () => {
		const plan = insert(line, { kind: "after", from: "c", port: "out" });
		expect(rectOf(plan, "python")).toMatchObject({ x: 992, y: 0 });
	});

	it("does not cover what stands there", () => {
		const plan = insert(line, { kind: "after", from: "a", port: "out" });
		expect(rectOf(plan, "python")).toMatchObject({ x: 496, y: 84 });
	});

	it("pushes aside what its container would grow over", () => {
		const plan = insert(loop, { kind: "after", from: "inner", port: "out" });
		const each = rectOf(plan, "each");
		expect(rectOf(plan, "after").x).toBe(each.x + each.width + 40);
	});

	it("takes the first exit that leads nowhere yet", () => {
		const plan = testPlan([{ id: "which", type: "condition", config: { when: "true" } }, "yes"], ["which.true>yes"]);
		expect(placeAfter(drawPlan(plan), "which")).toMatchObject({ from: "which", port: "false" });
	});
});

describe("a step where it was let go", () => {
	it("stands there", () => {
		const plan = insert(line, { kind: "at", at: { x: 300, y: 200 } });
		expect(rectOf(plan, "python")).toMatchObject({ x: 300, y: 200 });
	});

	it("makes the frame grow to the left without moving what stands in it", () => {
		const inner = rectOf(loop, "inner");
		const plan = insert(loop, { kind: "at", at: { x: 480, y: 160 }, parent: "each" });
		expect(rectOf(plan, "python")).toMatchObject({ x: 480, y: 160 });
		expect(rectOf(plan, "inner")).toEqual(inner);
		expect(rectOf(plan, "each").x).toBe(480 - 24);
	});

	it("leaves a plan alone that can take no more", () => {
		expect(insert(line, { kind: "at", at: { x: 0, y: 0 } }, "nonsense")).toBe(line);
	});
});

it("keeps an automatic layout as it is drawn when the first step is added by hand", () => {
	const unplaced = testPlan(["a", "b", "c"], ["a>b", "b>c"]);
	const before = ["a", "b", "c"].map((id) => rectOf(unplaced, id));
	const plan = insert(unplaced, { kind: "after", from: "c", port: "out" });
	expect(["a", "b", "c"].map((id) => rectOf(plan, id))).toEqual(before);
});
