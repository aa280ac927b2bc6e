import { describe, expect, it } from "vitest";
import { edgePath } from "./edge-path";
import { type RouteRequest, routeEdges } from "./route-edges";

const box = (x: number, y: number) => ({ x, y, width: 208, height: 60 });

function pathOf(edge: Omit<RouteRequest, "id">): string {
	return edgePath(routeEdges([{ id: "t", ...edge }])[0]?.points ?? []);
}

describe("an edge", () => {
	it("runs straight to a step on its line", () => {
		expect(pathOf({ from: { x: 208, y: 114 }, to: { x: 248, y: 114 }, around: [] })).toBe("M208,114 L248,114");
	});

	it("turns half-way across the gap with corners of 10", () => {
		expect(pathOf({ from: { x: 704, y: 114 }, to: { x: 744, y: 30 }, around: [] })).toBe(
			"M704,114 L714,114 Q724,114 724,104 L724,40 Q724,30 734,30 L744,30",
		);
	});

	it("returns to the left through the middle of the free band", () => {
		const around = [box(0, 84), box(744, 0), box(744, 84), box(744, 168), box(0, 284)];
		expect(pathOf({ from: { x: 952, y: 30 }, to: { x: 0, y: 314 }, around })).toBe(
			"M952,30 L961,30 Q970,30 970,39 L970,246 Q970,256 960,256 L-8,256 Q-18,256 -18,266 L-18,305 Q-18,314 -9,314 L0,314",
		);
	});

	it("goes around a step that stands between its ends", () => {
		const around = [box(0, 0), box(248, 0), box(496, 0)];
		const [route] = routeEdges([{ id: "t", from: { x: 208, y: 30 }, to: { x: 496, y: 30 }, around }]);
		const between = route?.points.filter((point) => point.x > 248 && point.x < 456) ?? [];
		expect(between.every((point) => point.y < 0 || point.y > 60)).toBe(true);
		expect(route?.points).toHaveLength(6);
	});
});

describe("edges in one gap", () => {
	const from = (y: number) => ({ x: 208, y });
	const to = (y: number) => ({ x: 248, y });

	it("share the trunk when they leave the same port", () => {
		const routes = routeEdges([
			{ id: "a", from: from(114), to: to(30), around: [] },
			{ id: "b", from: from(114), to: to(198), around: [] },
		]);
		expect(routes.map((route) => route.points[1]?.x)).toEqual([228, 228]);
	});

	it("run 13 apart when they are strangers, and the later passes over", () => {
		const routes = routeEdges([
			{ id: "down", from: from(30), to: to(198), around: [] },
			{ id: "up", from: from(114), to: to(30), around: [] },
		]);
		const [down = 0, up = 0] = routes.map((route) => route.points[1]?.x ?? 0);
		expect(Math.abs(up - down)).toBe(13);
		expect(routes[0]?.crossings).toEqual([]);
		expect(routes[1]?.crossings).toHaveLength(1);
	});
});
