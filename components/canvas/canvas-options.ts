/**
 * What every canvas has: from a thousand steps in sight to twice their size, and keys that are ours to hear. React Flow is
 * named in the README.
 */
export const CANVAS_OPTIONS = {
	minZoom: 0.04,
	maxZoom: 2,
	proOptions: { hideAttribution: true },
	nodesFocusable: false,
	edgesFocusable: false,
	disableKeyboardA11y: true,
	zoomOnDoubleClick: false,
	deleteKeyCode: null,
} as const;
