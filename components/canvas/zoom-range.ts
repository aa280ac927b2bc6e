/** From a thousand steps in sight to twice their size. */
export const ZOOM_RANGE = { minZoom: 0.04, maxZoom: 2 } as const;
