import type { Drawing } from "@/components/canvas/draw-plan";
import { boundsOf, CONTAINER, NODE, type Point, type Rect } from "@/components/canvas/geometry";
import type { NodeId } from "@/server/plan/plan";
import type { EditorSession } from "../editor-session";
import { findFree, takenOn } from "../insert/step-size";
import { explainLanding, type Grip, letGo, takeHold } from "./drag-steps";
import { sayRelocation } from "./say-relocation";

/** A place that steps can be moved to: a container, or the canvas around all of them. */
interface Home {
	id: NodeId | undefined;
	name: string;
	icon: string;
	/** Why they cannot be moved there. */
	refusal: string | undefined;
}

/** Every container but those that the steps stand in or bring along, and the canvas outside. */
export function listHomes(drawing: Drawing, ids: readonly NodeId[]): Home[] {
	const grip = takeHold(drawing, ids, []);
	const containers = [...drawing.layout.nodes.values()].flatMap(({ node: { id, name }, look }): Home[] => {
		if (!look.container || id === grip.home || grip.carried.has(id)) return [];
		return [{ id, name, icon: look.icon, refusal: explainLanding(drawing, grip, id)?.title }];
	});
	if (grip.home === "") return containers;
	return [...containers, { id: undefined, name: "Outside all containers", icon: "box", refusal: undefined }];
}

/** Moves steps into a container, behind what stands there, or out of it to a free place below. */
export function moveTo(
	{ editor, state, announce }: EditorSession,
	ids: readonly NodeId[],
	parent: NodeId | undefined,
): void {
	const { drawing } = state.getState();
	const grip = takeHold(drawing, ids, []);
	const { plan: before, apply } = editor.getState();
	const by = wayTo(drawing, grip, parent);
	if (!apply("Move into another container", letGo(drawing, grip, { by, parent }))) return;
	announce(sayRelocation(before, editor.getState().plan, { ids: grip.ids, parent }));
}

/** From where the steps stand to a free place on the other level. */
function wayTo({ layout }: Drawing, grip: Grip, parent: NodeId | undefined): Point {
	const from = boundsOf(grip.ids.flatMap((id) => layout.nodes.get(id)?.rect ?? []));
	const there = [...layout.nodes.values()]
		.filter(({ level, node }) => level === (parent ?? "") && !grip.carried.has(node.id))
		.map(({ rect }) => rect);
	const taken = takenOn(layout, parent ?? "", grip.carried);
	const frame = layout.nodes.get(parent ?? grip.home ?? "");
	const wished = frame ? { ...from, ...cornerAt(frame, there, parent === undefined) } : from;
	const free = findFree(wished, taken);
	return { x: free.x - from.x, y: free.y - from.y };
}

/** Outside it is below the frame that is left; inside, on the frame's line, one column behind the last step. */
function cornerAt({ rect, entry }: { rect: Rect; entry: Point }, there: readonly Rect[], isOutside: boolean): Point {
	if (isOutside) return { x: rect.x, y: rect.y + rect.height + NODE.gapY };
	const ends = there.map((other) => other.x + other.width + NODE.gapX);
	return { x: Math.max(rect.x + CONTAINER.padX, ...ends), y: entry.y - NODE.handleY };
}
