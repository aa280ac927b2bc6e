import { NODE, type Point, type Rect } from "@/components/canvas/drawing/geometry";
import { layOutPlan, type NodeLayout, type PlanLayout } from "@/components/canvas/drawing/lay-out-plan";
import { moveNodes } from "@/server/plan/edits/move-nodes";
import { indexPlan, type PlanIndex } from "@/server/plan/graph/index-plan";
import { withDescendants } from "@/server/plan/graph/select-subtree";
import { type NodeId, PLAN_LIMITS, type Plan } from "@/server/plan/plan";
import { findFollowers, findPushed, pushableOf } from "../moving/find-pushed";

/**
 * Moves what follows a frame, or stands at one of its sides, out of the way when the frame has grown.
 * @param movedIds what was moved as a whole: a frame among it stands elsewhere without having grown.
 */
export function makeRoom(plan: Plan, before: PlanLayout, movedIds: ReadonlySet<NodeId> = new Set()): Plan {
	const displaced = new Set(movedIds);
	let after = plan;
	for (let round = 0; round < MAX_PUSHES; round++) {
		const push = findPush(after, before, displaced);
		if (!push) return after;
		const ids = [...push.ids];
		after = moveNodes(after, ids, push.by);
		for (const id of withDescendants(after, ids)) displaced.add(id);
	}
	return after;
}

/** To each side, for a frame and each one around it. */
const MAX_PUSHES = 4 * (PLAN_LIMITS.depth + 1);

/** Inner frames come first: the ones around them grow with what they push. */
function findPush(plan: Plan, before: PlanLayout, displaced: ReadonlySet<NodeId>): Push | undefined {
	const graph = indexPlan(plan);
	const layout = layOutPlan(graph);
	for (const frame of [...layout.nodes.values()].reverse()) {
		const old = before.nodes.get(frame.node.id);
		if (!frame.look.container || !old?.look.container) continue;
		const others = [...layout.nodes.values()].filter(({ level, node }) => level === frame.level && node !== frame.node);
		const grown = { frame, old: old.rect, isDisplaced: displaced.has(frame.node.id) };
		const push =
			pushRight(graph, others, grown) ?? pushDown(others, grown) ?? pushUp(others, grown) ?? pushLeft(others, grown);
		if (push) return push;
	}
	return undefined;
}

interface Grown {
	frame: NodeLayout;
	old: Rect;
	/** It stands elsewhere because it was moved, not because it grew over a border. */
	isDisplaced: boolean;
}

interface Push {
	ids: Iterable<NodeId>;
	by: Point;
}

/** Its neighbours at the right and all that follows it there, so that no edge has to run backwards. */
function pushRight(graph: PlanIndex, others: readonly NodeLayout[], { frame, old }: Grown): Push | undefined {
	const { node, rect } = frame;
	const right = rect.x + rect.width;
	const edge = old.x + old.width;
	if (rect.width <= old.width || right <= edge) return undefined;
	const pushable = pushableOf(graph, others);
	const beside = others.filter((other) => isRightOf(other.rect, old) && overlapsOn("y", other.rect, rect));
	const first = [node.id, ...beside.map((other) => other.node.id)];
	const follow = findFollowers(pushable, { first, edge });
	const next = Math.min(...[...follow].map((id) => pushable.rects.get(id)?.x ?? Number.POSITIVE_INFINITY));
	const by = right + NODE.gapX - next;
	return follow.size > 0 && by > 0 ? { ids: findPushed(pushable, follow, by), by: { x: by, y: 0 } } : undefined;
}

function pushDown(others: readonly NodeLayout[], { frame: { rect }, old }: Grown): Push | undefined {
	if (rect.height <= old.height) return undefined;
	const below = others.filter((other) => isBelow(other.rect, old));
	const near = below.filter((other) => overlapsOn("x", other.rect, rect));
	const by = rect.y + rect.height + NODE.gapY - Math.min(...near.map((other) => other.rect.y));
	return near.length > 0 && by > 0 ? { ids: below.map(({ node }) => node.id), by: { x: 0, y: by } } : undefined;
}

/** Over its upper border a frame grows around a step that was moved there, or a container that is taller than its row. */
function pushUp(others: readonly NodeLayout[], { frame: { rect }, old, isDisplaced }: Grown): Push | undefined {
	if ((isDisplaced && rect.height <= old.height) || rect.y >= old.y) return undefined;
	const above = others.filter((other) => isBelow(old, other.rect));
	const near = above.filter((other) => overlapsOn("x", other.rect, rect));
	const by = Math.max(...near.map((other) => other.rect.y + other.rect.height)) + NODE.gapY - rect.y;
	return near.length > 0 && by > 0 ? { ids: above.map(({ node }) => node.id), by: { x: 0, y: -by } } : undefined;
}

/** Over its left border a frame grows around a step that was moved there. What comes before it keeps its order. */
function pushLeft(others: readonly NodeLayout[], { frame: { rect }, old, isDisplaced }: Grown): Push | undefined {
	if ((isDisplaced && rect.width <= old.width) || rect.x >= old.x) return undefined;
	const before = others.filter((other) => isRightOf(old, other.rect));
	const near = before.filter((other) => overlapsOn("y", other.rect, rect));
	const by = Math.max(...near.map((other) => other.rect.x + other.rect.width)) + NODE.gapX - rect.x;
	return near.length > 0 && by > 0 ? { ids: before.map(({ node }) => node.id), by: { x: -by, y: 0 } } : undefined;
}

function isRightOf(rect: Rect, of: Rect): boolean {
	return rect.x >= of.x + of.width;
}

function isBelow(rect: Rect, of: Rect): boolean {
	return rect.y >= of.y + of.height;
}

function overlapsOn(axis: "x" | "y", a: Rect, b: Rect): boolean {
	const size = axis === "x" ? "width" : "height";
	return a[axis] < b[axis] + b[size] && b[axis] < a[axis] + a[size];
}
