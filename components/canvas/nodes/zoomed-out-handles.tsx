import type { NodeHandle } from "@xyflow/react";

/**
 * Where edges end, while a node is too small for handles. React Flow measures every node that comes into view by
 * what it finds there, and draws no edge of one without.
 */
export function ZoomedOutHandles({ handles }: { handles: readonly NodeHandle[] }) {
	return handles.map(({ id, type, position, x, y }) => (
		<i
			key={id}
			aria-hidden="true"
			className={`invisible absolute ${type}`}
			data-handleid={id}
			data-handlepos={position}
			style={{ left: x, top: y }}
		/>
	));
}
