import fc from "fast-check";
import { expect, it } from "vitest";
import { findCrossings } from "./find-crossings";
import type { Point } from "./geometry";

const place = fc.integer({ min: -40, max: 40 }).map((n) => n * 20);
const length = fc.integer({ min: 1, max: 40 }).map((n) => n * 20);

/** An orthogonal way: right, up or down, right. */
const route = fc
	.tuple(place, place, length, length, length, fc.boolean())
	.map(([x, y, first, climb, last, isDown]): { points: Point[] } => {
		const turn = x + first;
		const end = y + (isDown ? climb : -climb);
		return {
			points: [
				{ x, y },
				{ x: turn, y },
				{ x: turn, y: end },
				{ x: turn + last, y: end },
			],
		};
	});

it("finds the crossings of nearby edges that looking at every pair finds", () => {
	fc.assert(
		fc.property(fc.array(route, { maxLength: 12 }), (routes) => {
			const found = findCrossings(routes).map((crossings) => crossings.map(({ at }) => `${at.x},${at.y}`).sort());
			expect(found).toEqual(routes.map((one, i) => crossingsWith(one, routes.slice(0, i)).sort()));
		}),
	);
});

function crossingsWith(route: { points: Point[] }, earlier: { points: Point[] }[]): string[] {
	return earlier
		.filter((other) => !same(other.points[0], route.points[0]) && !same(other.points.at(-1), route.points.at(-1)))
		.flatMap((other) =>
			pairs(route.points).flatMap((mine) => pairs(other.points).flatMap((theirs) => cross(mine, theirs))),
		);
}

function pairs(points: Point[]): [Point, Point][] {
	return points.slice(1).map((point, i) => [points[i] ?? point, point]);
}

function cross([a, b]: [Point, Point], [c, d]: [Point, Point]): string[] {
	const level = a.y === b.y;
	if (level === (c.y === d.y)) return [];
	const at = level ? { x: c.x, y: a.y } : { x: a.x, y: c.y };
	return inside(at, a, b) && inside(at, c, d) ? [`${at.x},${at.y}`] : [];
}

function inside(at: Point, a: Point, b: Point): boolean {
	const inX = a.x === b.x || (at.x > Math.min(a.x, b.x) + 4 && at.x < Math.max(a.x, b.x) - 4);
	const inY = a.y === b.y || (at.y > Math.min(a.y, b.y) + 4 && at.y < Math.max(a.y, b.y) - 4);
	return inX && inY;
}

function same(a: Point | undefined, b: Point | undefined): boolean {
	return a?.x === b?.x && a?.y === b?.y;
}
