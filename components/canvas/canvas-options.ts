/**
 * The React Flow options of every canvas: the zoom range, and no keyboard handling of its own, since ours replaces it.
 * React Flow is named in the README.
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
