import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import type { DrawnEdge } from "@/components/canvas/drawing/drawn-edges";
import { segmentsOf } from "@/components/canvas/drawing/find-crossings";
import type { Point, Rect } from "@/components/canvas/drawing/geometry";
import type { NodeLayout } from "@/components/canvas/drawing/lay-out-plan";
import type { NodeId } from "@/server/plan/plan";

/** The innermost open container around a point; `except` are those that are being dragged. */
export function containerAt(
	{ layout }: Drawing,
	point: Point,
	except: ReadonlySet<NodeId> = new Set(),
): NodeId | undefined {
	let found: NodeLayout | undefined;
	for (const nodeLayout of layout.nodes.values()) {
		if (!nodeLayout.look.container || except.has(nodeLayout.node.id) || !holds(nodeLayout.rect, point)) continue;
		if (!found || found.rect.width > nodeLayout.rect.width) found = nodeLayout;
	}
	return found?.node.id;
}

/** The step under a point; a container only by its header, so that what stands inside it can be reached. */
export function nodeAt({ layout }: Drawing, point: Point, reach = 12): NodeLayout | undefined {
	const near = [...layout.nodes.values()].filter(({ rect, look }) =>
		holds(look.container ? { ...rect, height: 32 } : rect, point, reach),
	);
	const byEntry = [...layout.nodes.values()].find(
		({ entry }) => Math.abs(entry.x - point.x) <= reach && Math.abs(entry.y - point.y) <= reach,
	);
	return byEntry ?? near.sort((a, b) => a.rect.width - b.rect.width)[0];
}

/** The edge nearest to a point, when it is within `reach`. */
export function edgeAt({ edges }: Drawing, point: Point, reach: number): DrawnEdge | undefined {
	let best: DrawnEdge | undefined;
	let least = reach;
	for (const edge of edges) {
		for (const [a, b] of segmentsOf(edge.points)) {
			const far = distance(point, a, b);
			if (far > least) continue;
			least = far;
			best = edge;
		}
	}
	return best;
}

function holds({ x, y, width, height }: Rect, point: Point, reach = 0): boolean {
	return point.x >= x - reach && point.x <= x + width + reach && point.y >= y - reach && point.y <= y + height + reach;
}

/** From a level or upright segment. */
function distance({ x, y }: Point, a: Point, b: Point): number {
	const dx = Math.max(Math.min(a.x, b.x) - x, 0, x - Math.max(a.x, b.x));
	const dy = Math.max(Math.min(a.y, b.y) - y, 0, y - Math.max(a.y, b.y));
	return Math.hypot(dx, dy);
}
