import type { CSSProperties } from "react";

/** Pixels that a panel takes at least. */
const LEAST = { palette: 176, inspector: 288 };

/** Below this one of the two is shown at a time, so that the canvas keeps half of the screen. */
export const ROOM_FOR_BOTH = `(width >= ${2 * (LEAST.palette + LEAST.inspector)}px)`;

const halfOfScreen = () => Math.floor(innerWidth / 2);

/** The widths that they can be resized to. */
export const PALETTE_WIDTH = { start: 208, min: LEAST.palette, max: () => Math.min(320, halfOfScreen()) };
export const INSPECTOR_WIDTH = {
	start: 320,
	min: LEAST.inspector,
	max: () => Math.min(520, Math.max(LEAST.inspector, halfOfScreen() - LEAST.palette)),
};

/** Tells the panels beside the canvas what the palette leaves of the half that is theirs; it gives way first. */
export function paletteRoom(wanted: number, isInspectorOpen: boolean): PaletteRoom {
	const rest = isInspectorOpen ? `50vw - ${LEAST.inspector}px` : "50vw";
	return { "--palette-width": `max(${LEAST.palette}px, min(${wanted}px, ${rest}))` };
}

interface PaletteRoom extends CSSProperties {
	"--palette-width": string;
}

export const paletteWidth = "var(--palette-width, 0px)";

/** The inspector as wide as wanted, as long as the canvas keeps half of the screen. */
export function inspectorWidth(wanted: number): string {
	return `max(${LEAST.inspector}px, min(${wanted}px, 50vw - ${paletteWidth}))`;
}
