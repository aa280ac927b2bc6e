import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { drawPlan } from "@/components/canvas/drawing/draw-plan";
import { overlaps, type Point } from "@/components/canvas/drawing/geometry";
import { runnablePlan } from "@/server/plan/arbitrary-plans";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { dragStateOf, dropSteps } from "../moving/drag-steps";
import { writePositions } from "../moving/write-positions";
import { insertStep } from "./insert-step";
import { makeRoom } from "./make-room";

const each = { id: "each", type: "for-each", position: { x: 248, y: 0 } };
const inner = { id: "inner", parent: "each", position: { x: 24, y: 52 } };
const at = (id: string, x: number, y: number, type = "shell") => ({ id, type, position: { x, y } });

function growEach(plan: Plan): Plan {
	return insertStep(drawPlan(plan), { kind: "after", from: "inner", port: "out" }, { type: "shell" })(plan);
}

function insertOn(plan: Plan, edge: string): Plan {
	return insertStep(drawPlan(plan), { kind: "edge", edge }, { type: "shell" })(plan);
}

/** How far each step has moved. */
function movesOf(before: Plan, after: Plan): Record<string, Point> {
	const [from, to] = [drawPlan(before).layout.nodes, drawPlan(after).layout.nodes];
	const moves = [...from].map(([id, { rect }]): [string, Point] => {
		const now = to.get(id)?.rect ?? rect;
		return [id, { x: now.x - rect.x, y: now.y - rect.y }];
	});
	return Object.fromEntries(moves);
}

const still = { x: 0, y: 0 };
const right = { x: 248, y: 0 };

describe("a container that grows to the right", () => {
	it("pushes all that follows it, in whatever row it stands", () => {
		const plan = testPlan(
			[
				each,
				inner,
				at("which", 544, 52, "condition"),
				at("http", 792, 52),
				at("shell", 792, 152),
				at("output", 1_040, 52),
			],
			["each>which", "which.true>http", "which.false>shell", "http>output", "shell>output"],
		);
		expect(movesOf(plan, growEach(plan))).toEqual({
			each: still,
			inner: still,
			which: right,
			http: right,
			shell: right,
			output: right,
		});
	});

	it("leaves a band below where it is, also the part of it that stands further right", () => {
		const plan = testPlan(
			[each, inner, at("last", 544, 52), at("next", 0, 300), at("middle", 248, 300), at("end", 600, 300)],
			["each>last", "last>next", "next>middle", "middle>end"],
		);
		expect(movesOf(plan, growEach(plan))).toMatchObject({ last: right, next: still, middle: still, end: still });
	});

	it("leaves alone what neither follows it nor is in the way", () => {
		const plan = testPlan([each, inner, at("next", 544, 52), at("other", 544, 400)], ["each>next"]);
		expect(movesOf(plan, growEach(plan))).toMatchObject({ next: right, other: still });
	});

	it("pushes what those that follow it would come to cover, and what follows that", () => {
		const plan = testPlan(
			[each, inner, at("next", 544, 152), at("other", 800, 152), at("after", 1_048, 252)],
			["each>next", "other>after"],
		);
		expect(movesOf(plan, growEach(plan))).toMatchObject({ next: right, other: right, after: right });
	});

	it("pushes nothing where there is room", () => {
		const plan = testPlan([each, inner, at("next", 1_200, 52), at("lower", 1_200, 152)], ["each>next", "each>lower"]);
		expect(movesOf(plan, growEach(plan))).toMatchObject({ next: still, lower: still });
	});

	it("makes the container around it grow, which pushes what follows that", () => {
		const plan = testPlan(
			[
				{ id: "outer", type: "loop", position: { x: 248, y: 0 } },
				{ ...each, parent: "outer", position: { x: 24, y: 52 } },
				inner,
				{ id: "beside", parent: "outer", position: { x: 320, y: 104 } },
				at("upper", 840, 52),
				at("lower", 840, 352),
			],
			["each>beside", "outer>upper", "outer>lower"],
		);
		expect(movesOf(plan, growEach(plan))).toMatchObject({ beside: right, upper: right, lower: right });
	});
});

it("a container that grows upwards pushes what stands above it", () => {
	const plan = testPlan([at("above", 248, -84), each, inner], []);
	const taller = insertStep(drawPlan(plan), { kind: "edge", edge: "each>>inner" }, { type: "loop" })(plan);
	expect(movesOf(plan, taller)).toMatchObject({ above: { x: 0, y: -52 } });
});

it("a container that grows to the left pushes what stands before it", () => {
	const plan = testPlan(
		[at("before", 0, 52), each, inner, { ...inner, id: "wide", position: { x: 272, y: 52 } }],
		["before>each"],
	);
	const drawing = drawPlan(plan);
	const inside = drawing.layout.nodes.get("inner")?.rect ?? still;
	const moved = writePositions(plan, drawing.layout, new Map([["inner", { x: inside.x - 100, y: inside.y }]]));
	const moves = movesOf(plan, makeRoom(moved, drawing.layout));
	expect(moves).toMatchObject({ inner: { x: -100, y: 0 }, before: { x: -100, y: 0 } });
});

describe("a container of the least width whose only step is dragged", () => {
	const plan = testPlan([at("before", 0, 52), at("above", 248, -84), each, inner], ["before>each"]);
	const drawing = drawPlan(plan);
	const drag = (id: string, by: Point, parent?: string) =>
		movesOf(plan, dropSteps(drawing, dragStateOf(drawing, [id], []), { by, parent })(plan));

	it("pushes what stands before it, or above it, as it follows the step over its border", () => {
		expect(drag("inner", { x: -100, y: 0 }, "each")).toMatchObject({ before: { x: -100, y: 0 }, above: still });
		expect(drag("inner", { x: 0, y: -60 }, "each")).toMatchObject({ before: still, above: { x: 0, y: -60 } });
	});

	it("pushes nothing when it is itself what is dragged", () => {
		expect(drag("each", { x: -100, y: 0 })).toMatchObject({ before: still, above: still, each: { x: -100, y: 0 } });
	});
});

test("a step that is added anywhere to a plan laid out anew makes nothing cover anything", () => {
	const type = fc.constantFrom("shell", "loop");
	fc.assert(
		fc.property(runnablePlan, fc.nat(), type, (drawn, pick, type) => {
			const nodes = drawn.nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } }));
			const loose = { ...drawn, nodes, notes: [] };
			const plan = writePositions(loose, drawPlan(loose).layout);
			const { edges } = drawPlan(plan);
			const edge = edges[pick % edges.length]?.id ?? "";
			const from = nodes[pick % nodes.length]?.id ?? "";
			for (const place of [
				{ kind: "edge" as const, edge },
				{ kind: "after" as const, from, port: "out" },
			]) {
				expect(coveredIn(insertStep(drawPlan(plan), place, { type })(plan))).toEqual([]);
			}
		}),
	);
});

function coveredIn(plan: Plan): string[] {
	const { layout } = drawPlan(plan);
	const boxes = [
		{ id: "the triggers", level: "", rect: layout.trigger.rect },
		...[...layout.nodes.values()].map(({ node, level, rect }) => ({ id: node.id, level, rect })),
	];
	return boxes.flatMap((a, i) =>
		boxes.slice(i + 1).flatMap((b) => (a.level === b.level && overlaps(a.rect, b.rect) ? [`${a.id} and ${b.id}`] : [])),
	);
}

describe("a step that is put on an edge", () => {
	it("takes along what those that follow would come to cover", () => {
		const plan = testPlan([at("a", 248, 0), at("b", 496, 0), at("other", 744, 0)], ["a>b"]);
		expect(movesOf(plan, insertOn(plan, "a.out>b"))).toEqual({ a: still, b: right, other: right });
	});

	it("leaves a band below where it is, also the part of it that stands further right", () => {
		const plan = testPlan(
			[at("a", 248, 0), at("b", 496, 0), at("c", 0, 200), at("d", 248, 200), at("e", 496, 200)],
			["a>b", "b>c", "c>d", "d>e"],
		);
		expect(movesOf(plan, insertOn(plan, "a.out>b"))).toEqual({ a: still, b: right, c: still, d: still, e: still });
	});
});
