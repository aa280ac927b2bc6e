import type { Point } from "@/components/canvas/drawing/geometry";

/** Where things are on the canvas and on the screen. */
export interface CanvasPoints {
	/** The middle of what is in view, on the canvas. */
	middle(): Point;
	toScreen(point: Point): Point;
	toCanvas(point: Point): Point;
}
