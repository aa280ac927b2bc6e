/** Of the panel beside the canvas, in pixels. */
export const INSPECTOR_WIDTH = { start: 320, min: 288, max: () => 520 };
