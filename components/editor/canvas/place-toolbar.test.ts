import { expect, it } from "vitest";
import { drawPlan } from "@/components/canvas/drawing/draw-plan";
import { testPlan } from "@/server/plan/test-plan";
import { toolbarSide } from "./place-toolbar";

const { layout } = drawPlan(
	testPlan(
		[{ id: "alone" }, { id: "each", type: "for-each" }, { id: "one", parent: "each" }, { id: "two", parent: "each" }],
		["alone>each", "one>two"],
	),
);

function sideOf(id: string, zoom = 1) {
	const nodeLayout = layout.nodes.get(id);
	return nodeLayout && toolbarSide(layout, nodeLayout, zoom);
}

it("stands above a step and above a container", () => {
	expect([sideOf("alone"), sideOf("each")]).toEqual(["top", "top"]);
});

it("stands below a step whose container has its title there", () => {
	expect([sideOf("one"), sideOf("two"), sideOf("one", 0.66)]).toEqual(["bottom", "bottom", "bottom"]);
});

it("stands above it where the title is far enough away", () => {
	expect(sideOf("one", 2.5)).toBe("top");
});
