import { CONTAINER, CONTAINER_LINE, NODE, nodeHeight, type Rect, type Size } from "@/components/canvas/geometry";
import { definitionOf } from "@/server/nodes/catalog";

/** How large a new step of a type is drawn, and how far below its top its main thread runs. */
export function sizeOfNew(type: string): Size & { line: number } {
	const definition = definitionOf(type);
	if (definition?.kind === "container") {
		const height = CONTAINER.header + CONTAINER.minBody + 2 * CONTAINER.padY;
		return { width: CONTAINER.minWidth, height, line: CONTAINER_LINE };
	}
	return { width: NODE.width, height: nodeHeight(definition?.ports({}).length ?? 1), line: NODE.handleY };
}

/** The place nearest below at which a box keeps its distance from all others. */
export function findFree(box: Rect, others: readonly Rect[]): Rect {
	let free = box;
	for (let tries = 0; tries <= others.length; tries++) {
		const hit = others.find((other) => isNear(free, other));
		if (!hit) return free;
		free = { ...free, y: hit.y + hit.height + NODE.gapY };
	}
	return free;
}

/** Whether two boxes cover one another, or stand so close that they seem to. */
export function isNear(a: Rect, b: Rect): boolean {
	const gap = 12;
	return (
		a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap
	);
}
