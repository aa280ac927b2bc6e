import { NODE, type Point, type Rect } from "@/components/canvas/drawing/geometry";

/** The first place from `start` down where a step covers nothing. */
export function findFreePlace(start: Point, taken: readonly Rect[]): Point {
	let place = start;
	for (let hit = findHit(place, taken); hit; hit = findHit(place, taken)) {
		place = { x: place.x, y: hit.y + hit.height + NODE.gapY };
	}
	return place;
}

function findHit({ x, y }: Point, taken: readonly Rect[]): Rect | undefined {
	return taken.find(
		(rect) =>
			x < rect.x + rect.width && rect.x < x + NODE.width && y < rect.y + rect.height && rect.y < y + NODE.height,
	);
}
