import { describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { placeNewNodes } from "./place-new-nodes";

const at = (id: string, x: number, y: number) => ({ id, position: { x, y } });
const before = testPlan([at("a", 100, 100), at("b", 348, 100)], ["a>b"]);
const placeOf = (plan: ReturnType<typeof testPlan>, id: string) => plan.nodes.find((node) => node.id === id)?.position;

describe("steps written without a place", () => {
	it("stand right of the step before them, below what is there already", () => {
		const plan = testPlan([at("a", 100, 100), at("b", 348, 100), "c", "d"], ["a>b", "a>c", "c>d"]);
		const placed = placeNewNodes(before, plan);
		expect([placeOf(placed, "c"), placeOf(placed, "d")]).toEqual([
			{ x: 348, y: 184 },
			{ x: 596, y: 184 },
		]);
	});

	it("stand below all others when nothing leads to them", () => {
		const plan = testPlan([at("a", 100, 100), at("b", 348, 100), "c"], ["a>b"]);
		expect(placeOf(placeNewNodes(before, plan), "c")).toEqual({ x: 100, y: 184 });
	});

	it("are laid out with all the others where none has a place", () => {
		const plan = testPlan(["a", "b", "c"], ["a>b"]);
		expect(placeNewNodes(testPlan(["a", "b"], ["a>b"]), plan)).toBe(plan);
	});

	it("leave alone what has a place, or had none before", () => {
		const plan = testPlan([at("a", 100, 100), at("b", 348, 100), at("c", 700, 700)], ["a>b"]);
		expect(placeNewNodes(before, plan)).toBe(plan);
		const corner = testPlan([at("a", 0, 0), at("b", 348, 100)], ["a>b"]);
		expect(placeNewNodes(corner, corner)).toBe(corner);
	});
});
