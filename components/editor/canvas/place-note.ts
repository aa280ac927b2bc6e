import type { Point, Rect } from "@/components/canvas/drawing/geometry";

/** Between a step and what is said of it, and between that and the edge of the canvas: px on the screen. */
const GAP = 8;
const EDGE = 12;

interface Size {
	width: number;
	height: number;
}

/**
 * Where a note of `size` stands on a canvas: below the step; above it where there is no room below; and wholly inside
 * the canvas in any case. All in px, from the canvas' top left corner.
 */
export function placeNote(step: Rect, size: Size, canvas: Size): Point {
	const below = step.y + step.height + GAP;
	const above = step.y - GAP - size.height;
	const isRoomBelow = below + size.height <= canvas.height - EDGE;
	return {
		x: within(step.x, canvas.width - size.width),
		y: within(isRoomBelow || above < EDGE ? below : above, canvas.height - size.height),
	};
}

/** The upper end counts where there is no room for both. */
function within(value: number, room: number): number {
	return Math.max(EDGE, Math.min(value, room - EDGE));
}
