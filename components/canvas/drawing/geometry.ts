/** Sizes of everything drawn on the canvas, in canvas units (CSS pixels at 100 %). */
export const NODE = { width: 208, height: 60, handleY: 30, portStep: 18, gapX: 40, gapY: 24 } as const;
export const CONTAINER = { header: 32, padX: 24, padY: 20, minWidth: NODE.width + 48, minBody: NODE.height } as const;
/** The text of a note: its lines, and the room above and below them. */
export const NOTE = { line: 18, padding: 9 } as const;
/** From the top of a container to the line on which its first row, and its own handles, lie. */
export const CONTAINER_BASELINE = CONTAINER.header + CONTAINER.padY + NODE.handleY;
export const COLUMN = NODE.width + NODE.gapX;
export const EDGE = { corner: 10, reach: 18, trunk: 20, channel: 13, band: 56 } as const;

export interface Point {
	x: number;
	y: number;
}

export interface Rect extends Point {
	width: number;
	height: number;
}

export interface Size {
	width: number;
	height: number;
}

/** A node grows with its ports beyond the second. */
export function nodeHeight(ports: number): number {
	return NODE.height + Math.max(0, ports - 2) * NODE.portStep;
}

export function portY(index: number): number {
	return NODE.handleY + index * NODE.portStep;
}

/** What of a node's look says where its edges come and go. */
interface Exits {
	ports: readonly string[];
	container: boolean;
}

/** From the top of a node down to the path of its main edges. */
export function baselineOf({ container }: Pick<Exits, "container">): number {
	return container ? CONTAINER_BASELINE : NODE.handleY;
}

/** Where the edges of a node that lies at `rect` leave it. */
export function exitsOf(look: Exits, { x, y, width, height }: Rect): (Point & { name: string })[] {
	return look.ports.map((name, index) => ({ name, x: x + width, y: y + exitY(look, height, index) }));
}

/** A container's further exits stand at its foot, below the body, where their labels have room. */
function exitY({ ports, container }: Exits, height: number, index: number): number {
	if (!container) return portY(index);
	if (index === 0) return CONTAINER_BASELINE;
	return height - EDGE.corner - (ports.length - 1 - index) * NODE.portStep;
}

/** The trigger card shows two triggers; each further one makes it taller. */
export function triggerHeight(triggers: number): number {
	return NODE.height + Math.max(0, triggers - 2) * 30;
}

/** The smallest rectangle around all of `rects`. */
export function boundsOf(rects: readonly Rect[]): Rect {
	if (rects.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
	const left = Math.min(...rects.map((r) => r.x));
	const top = Math.min(...rects.map((r) => r.y));
	const right = Math.max(...rects.map((r) => r.x + r.width));
	const bottom = Math.max(...rects.map((r) => r.y + r.height));
	return { x: left, y: top, width: right - left, height: bottom - top };
}

export function contains(outer: Rect, inner: Rect): boolean {
	return (
		inner.x >= outer.x &&
		inner.y >= outer.y &&
		inner.x + inner.width <= outer.x + outer.width &&
		inner.y + inner.height <= outer.y + outer.height
	);
}

/** Whether two rectangles share some of the canvas; touching edges do not count. */
export function overlaps(a: Rect, b: Rect): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** How far `inner` has to move to lie within `outer`; its beginning, where it is the larger. */
export function stepInto(outer: Rect, inner: Rect): { dx: number; dy: number } {
	return {
		dx: stepAlong([outer.x, outer.x + outer.width], [inner.x, inner.x + inner.width]),
		dy: stepAlong([outer.y, outer.y + outer.height], [inner.y, inner.y + inner.height]),
	};
}

type Span = [from: number, to: number];

function stepAlong([from, to]: Span, [start, end]: Span): number {
	if (start < from || end - start > to - from) return from - start;
	return Math.min(0, to - end);
}
