import { describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { drawPlan } from "./draw-plan";

function place(nodes: Parameters<typeof testPlan>[0], edges: string[]) {
	const { layout } = drawPlan(testPlan(nodes, edges));
	return Object.fromEntries([...layout.nodes].map(([id, { rect }]) => [id, [rect.x, rect.y]]));
}

describe("a plan without positions", () => {
	it("runs from left to right in columns 248 apart, after the card of triggers", () => {
		expect(place(["a", "b", "c"], ["a>b", "b>c"])).toEqual({ a: [248, 0], b: [496, 0], c: [744, 0] });
	});

	it("keeps the first of two branches on the line and spreads three around it", () => {
		expect(place(["a", "b", "c"], ["a>b", "a>c"])).toEqual({ a: [248, 0], b: [496, 0], c: [496, 84] });
		const three = place(["a", "b", "c", "d", "e"], ["a>b", "a>c", "a>d", "b>e", "c>e", "d>e"]);
		expect(three).toEqual({ a: [248, 84], b: [496, 0], c: [496, 84], d: [496, 168], e: [744, 84] });
	});

	it("wraps into a band below beyond five columns", () => {
		const line = ["a", "b", "c", "d", "e", "f"];
		const placed = place(line, ["a>b", "b>c", "c>d", "d>e", "e>f"]);
		expect(placed.d).toEqual([992, 0]);
		expect(placed.e).toEqual([0, 116]);
	});

	it("puts no two nodes on each other, whatever the plan", () => {
		const ids = Array.from({ length: 40 }, (_, i) => `n${i}`);
		const edges = ids.flatMap((id, i) => (i === 0 ? [] : [`n${Math.floor(i / 3)}>${id}`]));
		const { layout } = drawPlan(testPlan(ids, edges));
		const rects = [...layout.nodes.values()].map((node) => node.rect);
		for (const [i, a] of rects.entries()) {
			for (const b of rects.slice(i + 1)) {
				const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
				expect(apart).toBe(true);
			}
		}
	});

	it("draws a cycle in a draft", () => {
		expect(Object.keys(place(["a", "b"], ["a>b", "b>a"]))).toEqual(["a", "b"]);
	});
});

describe("a container", () => {
	it("is sized around its body, and its handles lie on the line of the first row", () => {
		const plan = testPlan(
			["start", { id: "each", type: "for-each" }, { id: "one", parent: "each" }, { id: "two", parent: "each" }],
			["start>each", "one>two"],
		);
		const { layout } = drawPlan(plan);
		const each = layout.nodes.get("each");
		expect(each?.rect).toMatchObject({ width: 504, height: 132 });
		expect(each?.entry.y).toBe(layout.nodes.get("one")?.entry.y);
		expect(each?.entry.y).toBe(layout.nodes.get("start")?.entry.y);
	});

	it("counts the positions of its body from its own corner", () => {
		const plan = testPlan(
			[
				{ id: "each", type: "for-each", position: { x: 248, y: 100 } },
				{ id: "one", parent: "each", position: { x: 24, y: 52 } },
			],
			[],
		);
		expect(drawPlan(plan).layout.nodes.get("one")?.rect).toMatchObject({ x: 272, y: 152 });
	});
});

describe("ports", () => {
	it("start on the input's line, follow every 18 px and make the node grow past two", () => {
		const plan = testPlan([{ id: "a", type: "switch", onFailure: "branch", config: { cases: [] } }], []);
		const node = drawPlan(plan).layout.nodes.get("a");
		const ports = node?.ports.map((port) => port.y - (node?.rect.y ?? 0));
		expect(ports?.slice(0, 2)).toEqual([30, 48]);
		expect(node?.rect.height).toBe(60 + Math.max(0, (ports?.length ?? 0) - 2) * 18);
		expect(node?.ports.at(-1)?.name).toBe("error");
	});
});
