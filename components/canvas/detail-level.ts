/** How much of a drawing can be read: everything, names and states, or icons and states alone. */
export type DetailLevel = "1" | "2" | "3";

const NAMES_BELOW = 0.6;
export const ZOOMED_OUT_BELOW = 0.35;

/** What the style sheet is told of a zoom, as `data-detail` of the canvas. */
export function detailAt(zoom: number): DetailLevel {
	if (zoom < ZOOMED_OUT_BELOW) return "3";
	return zoom < NAMES_BELOW ? "2" : "1";
}
