import { EDGE, type Point } from "./geometry";

/** An SVG path along the points, its corners rounded as far as the segments allow. */
export function edgePath(points: readonly Point[]): string {
	const [start, ...rest] = withoutRepeats(points);
	if (!start) return "";
	const parts = [`M${round(start.x)},${round(start.y)}`];
	let before = start;
	rest.forEach((corner, i) => {
		const after = rest[i + 1];
		if (after) parts.push(drawCorner(before, corner, after));
		else parts.push(`L${round(corner.x)},${round(corner.y)}`);
		before = corner;
	});
	return parts.join(" ");
}

/** The same line without its ends, where handles want the pointer. A short segment keeps half of its length. */
export function trimEdge(points: readonly Point[], by: number): Point[] {
	const [first, second] = points;
	const [beforeLast, last] = points.slice(-2);
	if (!first || !second || !beforeLast || !last) return [...points];
	const ends = points.length === 2 ? 4 : 2;
	const start = towards(first, second, Math.min(by, distance(first, second) / ends));
	const end = towards(last, beforeLast, Math.min(by, distance(beforeLast, last) / ends));
	return [start, ...points.slice(1, -1), end];
}

function drawCorner(before: Point, corner: Point, after: Point): string {
	const radius = Math.min(EDGE.corner, distance(before, corner) / 2, distance(corner, after) / 2);
	const start = towards(corner, before, radius);
	const end = towards(corner, after, radius);
	return `L${round(start.x)},${round(start.y)} Q${round(corner.x)},${round(corner.y)} ${round(end.x)},${round(end.y)}`;
}

function withoutRepeats(points: readonly Point[]): Point[] {
	return points.filter((point, i) => {
		const before = points[i - 1];
		return !before || distance(before, point) > 0.01;
	});
}

function distance(a: Point, b: Point): number {
	return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
	return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
