import type { Point, Rect } from "./geometry";

/** The side of a square. */
export const CELL = 256;

/** Finds what lies near a place without looking at everything: things by the squares of the canvas that they touch. */
export interface Grid<T> {
	add(from: Point, to: Point, thing: T): void;
	/** What may touch the rectangle between two corners, square by square: a thing in two squares comes twice. */
	near(from: Point, to: Point): Iterable<T>;
}

export function createGrid<T>(): Grid<T> {
	const cells = new Map<string, T[]>();
	return {
		add(from, to, thing) {
			for (const key of cellsBetween(from, to)) {
				const cell = cells.get(key);
				if (cell) cell.push(thing);
				else cells.set(key, [thing]);
			}
		},
		*near(from, to) {
			for (const key of cellsBetween(from, to)) yield* cells.get(key) ?? [];
		},
	};
}

/** A grid of boxes. */
export function gridOf(boxes: readonly Rect[]): Grid<Rect> {
	const grid = createGrid<Rect>();
	for (const box of boxes) grid.add(box, { x: box.x + box.width, y: box.y + box.height }, box);
	return grid;
}

function* cellsBetween(a: Point, b: Point): Iterable<string> {
	const [left, right] = [Math.floor(Math.min(a.x, b.x) / CELL), Math.floor(Math.max(a.x, b.x) / CELL)];
	const [top, bottom] = [Math.floor(Math.min(a.y, b.y) / CELL), Math.floor(Math.max(a.y, b.y) / CELL)];
	for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) yield `${x},${y}`;
}
