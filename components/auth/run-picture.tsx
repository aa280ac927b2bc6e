import { drawStill } from "../canvas/drawing/draw-still";
import type { Rect } from "../canvas/drawing/geometry";
import { PlanPicture } from "../canvas/picture/plan-picture";
import { viewRun } from "../canvas/run/view-run";
import { PICTURE_NOW, PICTURE_PLAN, PICTURE_RUN } from "./picture-run";

const drawing = drawStill(PICTURE_PLAN);
const view = viewRun(drawing, PICTURE_RUN);

/** How large the drawing is, in canvas units. */
export const PICTURE_BOUNDS: Rect = drawing.layout.bounds;

/** The look of the product for those who have not signed in. Scaled by `scale`; the parent gives it its place. */
export function RunPicture({ scale }: { scale: number }) {
	return <PlanPicture drawing={drawing} run={{ view, now: PICTURE_NOW }} scale={scale} />;
}
