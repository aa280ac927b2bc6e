import { NODE, type Point, type Rect } from "@/components/canvas/geometry";
import { layOutPlan, type PlacedNode, type PlanLayout } from "@/components/canvas/lay-out-plan";
import { buildGraph } from "@/components/canvas/plan-graph";
import { moveNodes } from "@/server/plan/edits/move-nodes";
import { type NodeId, PLAN_LIMITS, type Plan } from "@/server/plan/plan";

/** Moves what stands at the right of a frame or below it out of the way when the frame has grown over it. */
export function makeWay(plan: Plan, before: PlanLayout): Plan {
	let after = plan;
	for (let round = 0; round <= PLAN_LIMITS.depth; round++) {
		const next = pushAside(after, before);
		if (next === after) return after;
		after = next;
	}
	return after;
}

function pushAside(plan: Plan, before: PlanLayout): Plan {
	const layout = layOutPlan(buildGraph(plan));
	for (const frame of layout.nodes.values()) {
		const old = before.nodes.get(frame.node.id);
		if (!frame.look.container || !old?.look.container) continue;
		const push = pushOf(frame, old.rect, layout);
		if (push) return moveNodes(plan, push.ids, push.by);
	}
	return plan;
}

/** Whom a grown frame pushes, and how far: its neighbours at the right, then those below. */
function pushOf(frame: PlacedNode, old: Rect, layout: PlanLayout): { ids: NodeId[]; by: Point } | undefined {
	const others = [...layout.nodes.values()].filter(({ level, node }) => level === frame.level && node !== frame.node);
	const { rect } = frame;
	if (rect.width > old.width) {
		const beside = others.filter((other) => isRightOf(other.rect, old) && overlaps(other.rect, rect, "y"));
		const by = rect.x + rect.width + NODE.gapX - Math.min(...beside.map((other) => other.rect.x));
		if (beside.length > 0 && by > 0) return { ids: idsOf(beside), by: { x: by, y: 0 } };
	}
	if (rect.height > old.height) {
		const below = others.filter((other) => isBelow(other.rect, old));
		const near = below.filter((other) => overlaps(other.rect, rect, "x"));
		const by = rect.y + rect.height + NODE.gapY - Math.min(...near.map((other) => other.rect.y));
		if (near.length > 0 && by > 0) return { ids: idsOf(below), by: { x: 0, y: by } };
	}
	return undefined;
}

function isRightOf(rect: Rect, of: Rect): boolean {
	return rect.x >= of.x + of.width;
}

function isBelow(rect: Rect, of: Rect): boolean {
	return rect.y >= of.y + of.height;
}

function overlaps(a: Rect, b: Rect, axis: "x" | "y"): boolean {
	const size = axis === "x" ? "width" : "height";
	return a[axis] < b[axis] + b[size] && b[axis] < a[axis] + a[size];
}

function idsOf(placed: readonly PlacedNode[]): NodeId[] {
	return placed.map(({ node }) => node.id);
}
