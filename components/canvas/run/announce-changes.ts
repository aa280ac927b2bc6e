import type { StillDrawing } from "../drawing/draw-still";
import { describeStatus } from "./describe-step";
import type { RunView } from "./view-run";

const MAX_COUNT = 4;

/** What changed between two views of a run, as one sentence for screen readers; "" when nothing did. */
export function announceChanges(drawing: StillDrawing, before: RunView, after: RunView): string {
	const changes = Object.entries(after.steps).flatMap(([id, view]) => {
		const nodeLayout = drawing.layout.nodes.get(id);
		if (!nodeLayout || view.look === before.steps[id]?.look || view.look === "pending") return [];
		return `${nodeLayout.look.title} ${describeStatus(view)}${view.attempts ? `, attempt ${view.attempts.replace("/", " of ")}` : ""}`;
	});
	if (changes.length === 0) return "";
	const more = changes.length - MAX_COUNT;
	return `${changes.slice(-MAX_COUNT).join(". ")}${more > 0 ? `. And ${more} more` : ""}.`;
}
