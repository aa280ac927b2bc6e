import { expect, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { drawStill } from "./draw-still";

const step = (id: string, x: number, y: number, parent?: string) => ({
	id,
	position: { x, y },
	...(parent && { parent }),
});
/** As far as a plan may say. */
const far = [1_000_000, -1_000_000];

test.each(far)("draws a plan whose steps stand %d apart, and its container as far", (place) => {
	const nodes = [
		step("a", 1, 1),
		step("b", place, place),
		{ ...step("each", 1, 500), type: "for-each", config: { items: [] } },
		step("in", place, 1, "each"),
		step("last", 1, place, "each"),
	];
	const { edges } = drawStill(testPlan(nodes, ["a>b", "a>each", "in>last"]));
	expect(edges.map(({ id }) => id)).toContain("a.out>b");
});

test.each([50, 70])("draws two columns of %d steps, of which each leads to all of the other column", (length) => {
	const [left, right] = ["l", "r"].map((side) => Array.from({ length }, (_, n) => `${side}${n}`));
	const pairs = (left ?? []).flatMap((from) => (right ?? []).map((to) => `${from}>${to}`));
	const { edges } = drawStill(testPlan([...(left ?? []), ...(right ?? [])], pairs));
	expect(edges.length).toBe(length + length ** 2);
});

test("draws two thousand steps that stand anywhere and lead back and forth", () => {
	const at = (n: number) => ({ x: ((n * 7_919) % 50_000) + 1, y: (n * 104_729) % 50_000 });
	const nodes = Array.from({ length: 2_000 }, (_, n) => ({ id: `n${n}`, position: at(n) }));
	const pairs = Array.from({ length: 1_000 }, (_, n) => `n${n}>n${1_000 + ((n * 31) % 1_000)}`);
	expect(drawStill(testPlan(nodes, pairs)).edges).toHaveLength(2_000);
});
