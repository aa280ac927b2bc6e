/** The dots of the canvas, for what stands around a picture of a plan. */
export const CANVAS_DOTS = {
	background:
		"radial-gradient(circle at 1px 1px, var(--canvas-dot) 1px, transparent 1.2px) 0 0 / 20px 20px var(--canvas)",
} as const;
