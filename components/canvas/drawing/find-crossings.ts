import type { Point } from "./geometry";
import { createGrid } from "./rect-grid";

/** Where an edge passes over an earlier one, and whether it runs level there. */
export interface Crossing {
	at: Point;
	level: boolean;
}

interface Route {
	points: readonly Point[];
}

interface Segment {
	route: Route;
	from: Point;
	to: Point;
}

/** So many are found; nobody tells more of them apart, and each of many edges may cross all others. */
const MAX_CROSSINGS = 20_000;

/** For every edge, where it passes over the ones before it. Edges that share an end are one bundle and do not cross. */
export function findCrossings(routes: readonly Route[]): Crossing[][] {
	const earlier = createGrid<Segment>();
	let count = 0;
	return routes.map((route) => {
		if (count >= MAX_CROSSINGS) return [];
		const segments = segmentsOf(route.points).map(([from, to]): Segment => ({ route, from, to }));
		const found = segments.flatMap((mine) => crossingsOf(mine, earlier.near(mine.from, mine.to)));
		count += found.length;
		for (const segment of segments) earlier.add(segment.from, segment.to, segment);
		return found;
	});
}

function crossingsOf(mine: Segment, near: Iterable<Segment>): Crossing[] {
	const found = new Map<Segment, Crossing>();
	for (const theirs of near) {
		const at = found.has(theirs) ? undefined : crossing(mine, theirs);
		if (!at || sharesEnd(mine.route, theirs.route)) continue;
		found.set(theirs, { at, level: mine.from.y === mine.to.y });
	}
	return [...found.values()];
}

export function segmentsOf(points: readonly Point[]): [Point, Point][] {
	return points.slice(1).flatMap((point, i) => {
		const before = points[i];
		return before ? [[before, point]] : [];
	});
}

export function sharesEnd(a: Route, b: Route): boolean {
	return same(a.points[0], b.points[0]) || same(a.points.at(-1), b.points.at(-1));
}

function same(a: Point | undefined, b: Point | undefined): boolean {
	return a?.x === b?.x && a?.y === b?.y;
}

function crossing({ from: a, to: b }: Segment, { from: c, to: d }: Segment): Point | undefined {
	const level = a.y === b.y;
	if (level === (c.y === d.y)) return undefined;
	const at = level ? { x: c.x, y: a.y } : { x: a.x, y: c.y };
	return within(at, a, b) && within(at, c, d) ? at : undefined;
}

/** Inside a segment, with room for the under-stroke on both sides. */
function within(at: Point, a: Point, b: Point): boolean {
	const room = 4;
	const inX = a.x === b.x || (at.x > Math.min(a.x, b.x) + room && at.x < Math.max(a.x, b.x) - room);
	const inY = a.y === b.y || (at.y > Math.min(a.y, b.y) + room && at.y < Math.max(a.y, b.y) - room);
	return inX && inY;
}
