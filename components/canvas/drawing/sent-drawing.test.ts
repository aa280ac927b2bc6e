import fc from "fast-check";
import { expect, test } from "vitest";
import { makeLargePlan } from "@/bench/support/large-plan";
import { anyPlan } from "@/server/plan/arbitrary-plans";
import type { Plan } from "@/server/plan/plan";
import { drawStill } from "./draw-still";
import { receiveDrawing, sendDrawing } from "./sent-drawing";

/** As it goes over the wire. */
const carry = (plan: Plan) => receiveDrawing(plan, JSON.parse(JSON.stringify(sendDrawing(drawStill(plan)))));
const withoutCrossings = (plan: Plan) => {
	const drawing = drawStill(plan);
	return { ...drawing, edges: drawing.edges.map((edge) => ({ ...edge, crossings: [] })) };
};

test("any drawing arrives as it was, without its crossings", () => {
	fc.assert(
		fc.property(anyPlan, (plan) => {
			expect(carry(plan)).toEqual(withoutCrossings(plan));
		}),
		{ numRuns: 50 },
	);
});

test("the drawing of a large plan with containers is sent in a fraction of it", () => {
	const plan = makeLargePlan(2_000);
	expect(carry(plan)).toEqual(withoutCrossings(plan));
	expect(JSON.stringify(sendDrawing(drawStill(plan))).length).toBeLessThan(400_000);
});
