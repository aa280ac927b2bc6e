import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import { boundsOf, CONTAINER, NODE, type Point, type Rect } from "@/components/canvas/drawing/geometry";
import type { NodeId } from "@/server/plan/plan";
import type { EditorSession } from "../editor-session";
import { findFreeRect, occupiedRects } from "../insert/step-size";
import { describeRelocation } from "./describe-relocation";
import { type DragState, dragStateOf, dropSteps, explainLanding } from "./drag-steps";

/** A place that steps can be moved to: a container, or the canvas around all of them. */
interface Destination {
	id: NodeId | undefined;
	name: string;
	icon: string;
	/** Why they cannot be moved there. */
	refusal: string | undefined;
}

/** Every container but those that the steps stand in or bring along, and the canvas outside. */
export function listDestinations(drawing: Drawing, ids: readonly NodeId[]): Destination[] {
	const dragged = dragStateOf(drawing, ids, []);
	const containers = [...drawing.layout.nodes.values()].flatMap(({ node: { id, name }, look }): Destination[] => {
		if (!look.container || id === dragged.sharedParent || dragged.movedIds.has(id)) return [];
		return [{ id, name, icon: look.icon, refusal: explainLanding(drawing, dragged, id)?.title }];
	});
	if (dragged.sharedParent === "") return containers;
	return [...containers, { id: undefined, name: "Outside all containers", icon: "box", refusal: undefined }];
}

/** Moves steps into a container, behind what stands there, or out of it to a free place below. */
export function moveTo(
	{ editor, state, announce }: EditorSession,
	ids: readonly NodeId[],
	parent: NodeId | undefined,
): void {
	const { drawing } = state.getState();
	const dragged = dragStateOf(drawing, ids, []);
	const { plan: before, apply } = editor.getState();
	const by = offsetTo(drawing, dragged, parent);
	if (!apply("Move into another container", dropSteps(drawing, dragged, { by, parent }))) return;
	announce(describeRelocation(before, editor.getState().plan, { ids: dragged.ids, parent }));
}

/** From where the steps stand to a free place on the other level. */
function offsetTo({ layout }: Drawing, dragged: DragState, parent: NodeId | undefined): Point {
	const from = boundsOf(dragged.ids.flatMap((id) => layout.nodes.get(id)?.rect ?? []));
	const there = [...layout.nodes.values()]
		.filter(({ level, node }) => level === (parent ?? "") && !dragged.movedIds.has(node.id))
		.map(({ rect }) => rect);
	const taken = occupiedRects(layout, parent ?? "", dragged.movedIds);
	const frame = layout.nodes.get(parent ?? dragged.sharedParent ?? "");
	const desired = frame ? { ...from, ...cornerAt(frame, there, parent === undefined) } : from;
	const free = findFreeRect(desired, taken);
	return { x: free.x - from.x, y: free.y - from.y };
}

/** Outside it is below the frame that is left; inside, on the frame's line, one column behind the last step. */
function cornerAt({ rect, entry }: { rect: Rect; entry: Point }, there: readonly Rect[], isOutside: boolean): Point {
	if (isOutside) return { x: rect.x, y: rect.y + rect.height + NODE.gapY };
	const ends = there.map((other) => other.x + other.width + NODE.gapX);
	return { x: Math.max(rect.x + CONTAINER.padX, ...ends), y: entry.y - NODE.handleY };
}
