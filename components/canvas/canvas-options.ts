/** What every canvas has: from a thousand steps in sight to twice their size. React Flow is named in the README. */
export const CANVAS_OPTIONS = { minZoom: 0.04, maxZoom: 2, proOptions: { hideAttribution: true } } as const;
