import { CONTAINER, type Rect } from "@/components/canvas/drawing/geometry";
import type { NodeLayout, PlanLayout } from "@/components/canvas/drawing/lay-out-plan";

/** The bar and the gap to its step, in px on the screen. */
const BAR = { width: 110, height: 32, gap: 8 };

/**
 * The side of a step on which its toolbar hides neither a container's title nor another step: above, if it can be.
 * @param zoom of the canvas; the bar keeps its size.
 */
export function toolbarSide(layout: PlanLayout, nodeLayout: NodeLayout, zoom: number): "top" | "bottom" {
	if (nodeLayout.look.container) return "top";
	const height = (BAR.height + BAR.gap) / zoom;
	const width = BAR.width / zoom;
	const { rect } = nodeLayout;
	const bar = { x: rect.x + (rect.width - width) / 2, width, height };
	const above = { ...bar, y: rect.y - height };
	const below = { ...bar, y: rect.y + rect.height };
	const taken = [...layout.nodes.values()].filter((other) => other !== nodeLayout).map(coveredPart);
	const isFree = (place: Rect) => !taken.some((part) => overlaps(part, place));
	return !isFree(above) && isFree(below) ? "bottom" : "top";
}

/** Of a container its header, of a step all of it. */
function coveredPart({ look, rect }: NodeLayout): Rect {
	return look.container ? { ...rect, height: CONTAINER.header } : rect;
}

function overlaps(a: Rect, b: Rect): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
