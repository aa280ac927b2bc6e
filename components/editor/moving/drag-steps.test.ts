import { describe, expect, it } from "vitest";
import { drawPlan } from "@/components/canvas/drawing/draw-plan";
import type { Point, Rect } from "@/components/canvas/drawing/geometry";
import { edgeKey } from "@/server/plan/edits/edge-key";
import type { NodeId, Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { dragBy, dragStateOf, dropSteps, snapBy } from "./drag-steps";

const plan = testPlan(
	[
		{ id: "before", position: { x: 248, y: 52 } },
		{ id: "each", type: "for-each", position: { x: 496, y: 0 } },
		{ id: "one", parent: "each", position: { x: 24, y: 52 } },
		{ id: "two", parent: "each", position: { x: 272, y: 52 } },
		{ id: "after", position: { x: 1_040, y: 52 } },
	],
	["before>each", "one>two", "each>after"],
);

function drag(ids: NodeId[], by: Point, parent?: NodeId): Plan {
	const drawing = drawPlan(plan);
	return dropSteps(drawing, dragStateOf(drawing, ids, []), { by, parent })(plan);
}

function rectOf(of: Plan, id: string): Rect {
	const nodeLayout = drawPlan(of).layout.nodes.get(id);
	if (!nodeLayout) throw new Error(`${id} is not drawn`);
	return nodeLayout.rect;
}

describe("while it is dragged", () => {
	const drawing = drawPlan(plan);

	it("a container takes along what stands inside it", () => {
		const { places } = dragBy(drawing, dragStateOf(drawing, ["each"], []), { x: 10, y: 100 });
		expect([...places.keys()].sort()).toEqual(["each", "one", "two"]);
		expect(places.get("one")).toEqual({ x: 530, y: 152 });
	});

	it("only edges that hang on what moves run anew", () => {
		const { paths } = dragBy(drawing, dragStateOf(drawing, ["after"], []), { x: 0, y: 100 });
		expect([...paths.keys()]).toEqual(["each.out>after"]);
	});

	it("a step is pulled onto the line of a neighbour that it nearly stands on", () => {
		const dragged = dragStateOf(drawing, ["after"], []);
		expect(snapBy(drawing, dragged, { x: 100, y: 4 })).toEqual({ x: 100, y: 0 });
		expect(snapBy(drawing, dragged, { x: 100, y: 31.4 })).toEqual({ x: 100, y: 31 });
	});
});

describe("let go", () => {
	it("inside its container, the frame grows around it and pushes its neighbour aside", () => {
		const moved = drag(["two"], { x: 200, y: 0 }, "each");
		const each = rectOf(moved, "each");
		expect(each.x + each.width).toBe(rectOf(moved, "two").x + 208 + 24);
		expect(rectOf(moved, "after").x).toBe(each.x + each.width + 40);
	});

	it("over the left border, the frame grows there and pushes only what stands before it", () => {
		const moved = drag(["one"], { x: -60, y: 0 }, "each");
		expect(rectOf(moved, "one").x).toBe(rectOf(plan, "one").x - 60);
		expect(rectOf(moved, "two")).toEqual(rectOf(plan, "two"));
		expect(rectOf(moved, "before").x).toBe(rectOf(plan, "before").x - 60);
	});

	it("outside, it leaves the container and its connections there", () => {
		const moved = drag(["two"], { x: 0, y: 300 });
		expect(moved.nodes.find(({ id }) => id === "two")?.parent).toBeUndefined();
		expect(moved.edges.map(edgeKey)).not.toContain("one.out>two");
		expect(rectOf(moved, "two")).toMatchObject({ x: 768, y: 352 });
	});

	it("in a container, it stands where it was let go", () => {
		const moved = drag(["after"], { x: -400, y: 90 }, "each");
		expect(moved.nodes.find(({ id }) => id === "after")?.parent).toBe("each");
		expect(rectOf(moved, "after")).toMatchObject({ x: 640, y: 142 });
	});

	it("in itself, a container stays where it was", () => {
		const moved = drag(["each"], { x: 40, y: 0 }, "each");
		expect(moved.nodes.find(({ id }) => id === "each")?.parent).toBeUndefined();
	});
});
