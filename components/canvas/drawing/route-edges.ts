import { type Crossing, findCrossings, segmentsOf, sharesEnd } from "./find-crossings";
import { EDGE, type Point, type Rect } from "./geometry";
import { CELL, type Grid, gridOf } from "./rect-grid";

/** An edge to be drawn: from an exit to an entry, around the boxes of its level. */
export interface RouteRequest {
	id: string;
	from: Point;
	to: Point;
	/** Boxes that it must not run through; the same list for the edges of one level. */
	around: readonly Rect[];
}

export interface EdgeRoute {
	id: string;
	points: Point[];
	crossings: Crossing[];
}

/**
 * What is looked at closely: edges, squares of the grid that they and the boxes touch, and free bands for one edge. A plan
 * may say any place for a step, and servers draw the plans of strangers.
 */
const MOST = { edges: 3_000, squares: 150_000, bands: 40 };

/** Orthogonal ways for all edges: returns run in the free band, foreign trunks 13 px apart, crossings known. */
export function routeEdges(ends: readonly RouteRequest[]): EdgeRoute[] {
	if (ends.length > MOST.edges || countSquares(ends) > MOST.squares) return ends.map(plainRoute);
	const grids = new Map<readonly Rect[], Grid<Rect>>();
	const routes = ends.map((edge) => {
		const grid = grids.get(edge.around) ?? gridOf(edge.around);
		grids.set(edge.around, grid);
		return { id: edge.id, points: routeEdge(edge, grid) };
	});
	separate(routes, "x");
	separate(routes, "y");
	const crossings = findCrossings(routes);
	return routes.map((route, i) => ({ ...route, crossings: crossings[i] ?? [] }));
}

function countSquares(ends: readonly RouteRequest[]): number {
	const boxes = [...new Set(ends.map(({ around }) => around))].flat();
	const touched = boxes.reduce((sum, { width, height }) => sum + (width / CELL + 1) * (height / CELL + 1), 0);
	return ends.reduce((sum, { from, to }) => sum + (Math.abs(to.x - from.x) + Math.abs(to.y - from.y)) / CELL, touched);
}

/** Whatever is in its way. */
function plainRoute({ id, from, to }: RouteRequest): EdgeRoute {
	const [ahead] = to.x - from.x >= 2 * EDGE.corner ? trunkWays(from, to) : [];
	return { id, points: ahead ?? bandWay({ from, to }, (from.y + to.y) / 2), crossings: [] };
}

interface Route {
	id: string;
	points: Point[];
}

/** The cheapest of a few ways that no box blocks: straight, one trunk, or through a free band. */
function routeEdge({ from, to, around }: RouteRequest, grid: Grid<Rect>): Point[] {
	const ahead = to.x - from.x >= 2 * EDGE.corner;
	const ways: Point[][] = [];
	if (ahead && Math.abs(to.y - from.y) < 1) ways.push([from, to]);
	else if (ahead) ways.push(...trunkWays(from, to));
	const clear = ways.find((way) => isClear(way, grid));
	if (clear) return clear;
	const bands = bandWays(from, to, around).slice(0, MOST.bands);
	return bands.find((way) => isClear(way, grid)) ?? ways[0] ?? bands[0] ?? [from, to];
}

/** The trunk stands half-way across a gap: after the source, or before the target when columns lie between. */
function trunkWays(from: Point, to: Point): Point[][] {
	const half = Math.min(EDGE.trunk, (to.x - from.x) / 2);
	return [from.x + half, to.x - half].map((x) => [from, { x, y: from.y }, { x, y: to.y }, to]);
}

/** 18 right, up or down to the middle of a free band, along it, and in. The shortest way first. */
function bandWays(from: Point, to: Point, around: readonly Rect[]): Point[][] {
	const right = from.x + EDGE.reach;
	const left = to.x - EDGE.reach;
	const climb = (y: number) => Math.abs(y - from.y) + Math.abs(y - to.y);
	return freeBands(around, Math.min(left, right), Math.max(left, right))
		.sort((a, b) => climb(a) - climb(b) || Math.abs(a - to.y) - Math.abs(b - to.y))
		.map((y) => bandWay({ from, to }, y));
}

function bandWay({ from, to }: { from: Point; to: Point }, y: number): Point[] {
	const [right, left] = [from.x + EDGE.reach, to.x - EDGE.reach];
	return [from, { x: right, y: from.y }, { x: right, y }, { x: left, y }, { x: left, y: to.y }, to];
}

/** The middles of the horizontal bands that no box between `left` and `right` touches. */
function freeBands(boxes: readonly Rect[], left: number, right: number): number[] {
	const rows = boxes
		.filter((box) => box.x < right && box.x + box.width > left)
		.map((box) => ({ top: box.y, bottom: box.y + box.height }))
		.sort((a, b) => a.top - b.top);
	const first = rows[0];
	if (!first) return [];
	const bands = [first.top - EDGE.band / 2];
	let bottom = first.bottom;
	for (const row of rows) {
		if (row.top - bottom >= EDGE.corner) bands.push((row.top + bottom) / 2);
		bottom = Math.max(bottom, row.bottom);
	}
	bands.push(bottom + EDGE.band / 2);
	return bands;
}

function isClear(points: readonly Point[], boxes: Grid<Rect>): boolean {
	return segmentsOf(points).every(([a, b]) => {
		for (const box of boxes.near(a, b)) if (cuts(box, a, b)) return false;
		return true;
	});
}

/** Whether a level or upright segment runs through the inside of a box; touching its edge does not count. */
function cuts(box: Rect, a: Point, b: Point): boolean {
	const inset = 2;
	return (
		Math.max(a.x, b.x) > box.x + inset &&
		Math.min(a.x, b.x) < box.x + box.width - inset &&
		Math.max(a.y, b.y) > box.y + inset &&
		Math.min(a.y, b.y) < box.y + box.height - inset
	);
}

interface Lane {
	route: Route;
	/** Index of the segment's first point. */
	index: number;
	/** The coordinate that the segment keeps. */
	at: number;
	low: number;
	high: number;
}

/** Edges that share neither end but would lie on each other get channels of their own across the gap. */
function separate(routes: readonly Route[], axis: "x" | "y"): void {
	const lanes = routes.flatMap((route) => lanesOf(route, axis)).sort((a, b) => a.at - b.at);
	for (const near of clusters(lanes)) {
		const channels: Lane[][] = [];
		for (const lane of near) {
			const free = channels.find((channel) => !channel.some((other) => collides(lane, other)));
			if (free) free.push(lane);
			else channels.push([lane]);
		}
		const step = Math.min(EDGE.channel, 32 / channels.length);
		channels.forEach((channel, i) => {
			for (const lane of channel) shift(lane, axis, (i - (channels.length - 1) / 2) * step);
		});
	}
}

/** Inner segments along which `axis` stays the same: trunks for x, bands for y. First and last stay at the handles. */
function lanesOf(route: Route, axis: "x" | "y"): Lane[] {
	const along = axis === "x" ? "y" : "x";
	return segmentsOf(route.points).flatMap(([a, b], index) => {
		if (index === 0 || index === route.points.length - 2 || a[axis] !== b[axis]) return [];
		return [{ route, index, at: a[axis], low: Math.min(a[along], b[along]), high: Math.max(a[along], b[along]) }];
	});
}

function clusters(lanes: readonly Lane[]): Lane[][] {
	const found: Lane[][] = [];
	for (const lane of lanes) {
		const last = found.at(-1);
		if (last && lane.at - (last[0]?.at ?? lane.at) < 6) last.push(lane);
		else found.push([lane]);
	}
	return found;
}

function collides(a: Lane, b: Lane): boolean {
	return Math.min(a.high, b.high) - Math.max(a.low, b.low) > 1 && !sharesEnd(a.route, b.route);
}

function shift(lane: Lane, axis: "x" | "y", by: number): void {
	if (by === 0) return;
	lane.route.points = lane.route.points.map((point, i) =>
		i === lane.index || i === lane.index + 1 ? { ...point, [axis]: lane.at + by } : point,
	);
}
