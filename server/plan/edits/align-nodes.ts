import type { NodeId, Plan, PlanNode, Position } from "../plan";
import { groupBy } from "../values/group-by";
import { setPositions } from "./move-nodes";

export type Alignment = "left" | "center" | "right" | "top" | "middle" | "bottom" | "across" | "down";

/** How large a step is drawn, in canvas units. */
export interface NodeSize {
	width: number;
	height: number;
}

/**
 * Aligns steps at an edge or a middle line of what surrounds them, or spreads them evenly `across` or `down`. Steps of
 * different containers are aligned container by container, since their places count from different corners.
 */
export function alignNodes(
	plan: Plan,
	{ ids, to }: { ids: readonly NodeId[]; to: Alignment },
	sizes: ReadonlyMap<NodeId, NodeSize>,
): Plan {
	const chosen = new Set(ids);
	const bodies = groupBy(
		plan.nodes.filter(({ id }) => chosen.has(id)),
		({ parent }) => parent,
	);
	const placed = [...bodies.values()].flatMap((nodes) =>
		alignBody(
			nodes.map((node) => boxOf(node, sizes)),
			to,
		),
	);
	return setPositions(plan, new Map(placed.map(({ id, x, y }) => [id, { x, y }])));
}

interface Box extends Position, NodeSize {
	id: NodeId;
}

function boxOf({ id, position }: PlanNode, sizes: ReadonlyMap<NodeId, NodeSize>): Box {
	return { id, ...position, ...(sizes.get(id) ?? { width: 0, height: 0 }) };
}

function alignBody(boxes: readonly Box[], to: Alignment): Box[] {
	const left = Math.min(...boxes.map(({ x }) => x));
	const top = Math.min(...boxes.map(({ y }) => y));
	const right = Math.max(...boxes.map(({ x, width }) => x + width));
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
	switch (to) {
		case "left":
			return boxes.map((box) => ({ ...box, x: left }));
		case "center":
			return boxes.map((box) => ({ ...box, x: (left + right - box.width) / 2 }));
		case "right":
			return boxes.map((box) => ({ ...box, x: right - box.width }));
		case "top":
			return boxes.map((box) => ({ ...box, y: top }));
		case "middle":
			return boxes.map((box) => ({ ...box, y: (top + bottom - box.height) / 2 }));
		case "bottom":
			return boxes.map((box) => ({ ...box, y: bottom - box.height }));
		case "across":
			return spread(boxes, "x", right - left);
		case "down":
			return spread(boxes, "y", bottom - top);
	}
}

/** The first and the last stay; the gaps between become equal. */
function spread(boxes: readonly Box[], axis: "x" | "y", extent: number): Box[] {
	const size = axis === "x" ? "width" : "height";
	const sorted = boxes.toSorted((a, b) => a[axis] - b[axis]);
	const filled = sorted.reduce((sum, box) => sum + box[size], 0);
	const gap = (extent - filled) / Math.max(1, sorted.length - 1);
	let at = sorted[0]?.[axis] ?? 0;
	return sorted.map((box) => {
		const placed = { ...box, [axis]: at };
		at += box[size] + gap;
		return placed;
	});
}
