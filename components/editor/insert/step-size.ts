import {
	CONTAINER,
	CONTAINER_BASELINE,
	NODE,
	nodeHeight,
	overlaps,
	type Rect,
	type Size,
} from "@/components/canvas/drawing/geometry";
import type { PlanLayout } from "@/components/canvas/drawing/lay-out-plan";
import { definitionOf } from "@/server/nodes/catalog";
import type { NodeId } from "@/server/plan/plan";

/** How large a new step of a type is drawn, and how far below its top its main path runs. */
export function newStepSize(type: string): Size & { baseline: number } {
	const definition = definitionOf(type);
	if (definition?.kind === "container") {
		const height = CONTAINER.header + CONTAINER.minBody + 2 * CONTAINER.padY;
		return { width: CONTAINER.minWidth, height, baseline: CONTAINER_BASELINE };
	}
	return { width: NODE.width, height: nodeHeight(definition?.ports({}).length ?? 1), baseline: NODE.handleY };
}

/** What must not be covered on a level: the steps there, notes, and at the top the card of triggers once it leads to a step. */
export function occupiedRects(
	{ nodes, notes, trigger }: PlanLayout,
	level: NodeId,
	except: Pick<ReadonlySet<NodeId>, "has"> = new Set(),
): Rect[] {
	const steps = [...nodes.values()].filter(
		(nodeLayout) => nodeLayout.level === level && !except.has(nodeLayout.node.id),
	);
	const card = level === "" && nodes.size > 0 ? [trigger.rect] : [];
	return [...steps.map(({ rect }) => rect), ...card, ...notes.map(({ rect }) => letClose(rect))];
}

/** A note may stand right beside a step that it is about. */
function letClose({ x, y, width, height }: Rect): Rect {
	return { x: x + GAP, y: y + GAP, width: width - 2 * GAP, height: height - 2 * GAP };
}

const GAP = 12;

/** The place nearest below at which a box keeps its distance from all others. */
export function findFreeRect(box: Rect, others: readonly Rect[]): Rect {
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
	return overlaps(a, { x: b.x - GAP, y: b.y - GAP, width: b.width + 2 * GAP, height: b.height + 2 * GAP });
}
