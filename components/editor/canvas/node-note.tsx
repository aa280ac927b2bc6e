"use client";

import { useInternalNode, useStore } from "@xyflow/react";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { shallow } from "zustand/shallow";
import { placeNote } from "./place-note";

/** What is said of a step, beside it: always in view, above the minimap and the controls, whatever the zoom. */
export function NodeNote({ nodeId, children }: { nodeId: string; children: ReactNode }) {
	const [tx, ty, zoom, width, height] = useStore(
		({ transform: [x, y, scale], width, height }) => [x, y, scale, width, height] as const,
		shallow,
	);
	const node = useInternalNode(nodeId);
	const box = useRef<HTMLDivElement>(null);
	const [size, setSize] = useState({ width: 0, height: 0 });
	useLayoutEffect(() => {
		const { offsetWidth = 0, offsetHeight = 0 } = box.current ?? {};
		setSize((before) =>
			before.width === offsetWidth && before.height === offsetHeight
				? before
				: { width: offsetWidth, height: offsetHeight },
		);
	});
	if (!node) return null;
	const { x, y } = node.internals.positionAbsolute;
	const step = {
		x: x * zoom + tx,
		y: y * zoom + ty,
		width: (node.measured.width ?? 0) * zoom,
		height: (node.measured.height ?? 0) * zoom,
	};
	const at = placeNote(step, size, { width, height });
	return (
		<div
			ref={box}
			className="nopan nodrag nowheel absolute top-0 left-0 z-10"
			style={{ transform: `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)` }}
		>
			{children}
		</div>
	);
}
