"use client";

import { Panel, useReactFlow, useStore } from "@xyflow/react";
import { type PointerEvent, useState } from "react";
import { shallow } from "zustand/shallow";
import type { Drawing } from "./drawing/draw-plan";
import { boundsOf, type Rect } from "./drawing/geometry";
import { Miniature, miniatureScale } from "./miniature";

const SIZE = { width: 168, height: 108 };
/** A smaller canvas needs its corner for the drawing itself. */
const LEAST = { width: 480, height: 320 };

/** The whole drawing in a corner, with a frame around what is in view. Click or drag to go there. */
export function CanvasMinimap({ drawing }: { drawing: Drawing }) {
	const hasRoom = useStore(({ width, height }) => width >= LEAST.width && height >= LEAST.height);
	return hasRoom && <Minimap drawing={drawing} />;
}

function Minimap({ drawing }: { drawing: Drawing }) {
	const flow = useReactFlow();
	const [x, y, width, height] = useStore(({ transform: [tx, ty, zoom], width, height }) => {
		return [-tx / zoom, -ty / zoom, width / zoom, height / zoom] as const;
	}, shallow);
	const view: Rect = { x, y, width, height };
	// While it is dragged the map stands still: it would run away from under the pointer.
	const [held, setHeld] = useState<Rect | null>(null);
	const frame = held ?? boundsOf([drawing.layout.bounds, view]);
	const go = (event: PointerEvent<HTMLElement>) => {
		if (event.buttons !== 1) return;
		const { scale, left, top } = miniatureScale(frame, SIZE, 6);
		const box = event.currentTarget.getBoundingClientRect();
		const at = { x: (event.clientX - box.left - left) / scale, y: (event.clientY - box.top - top) / scale };
		flow.setCenter(at.x, at.y, { zoom: flow.getZoom() });
	};
	return (
		<Panel position="bottom-right" className="m-3! phone:hidden!">
			<div
				aria-hidden="true"
				className="nopan nowheel cursor-pointer overflow-hidden rounded-3 border border-line bg-panel shadow-1"
				onPointerDown={(event) => {
					setHeld(frame);
					event.currentTarget.setPointerCapture(event.pointerId);
					go(event);
				}}
				onPointerMove={go}
				onLostPointerCapture={() => setHeld(null)}
			>
				<Miniature drawing={drawing} frame={frame} size={SIZE} view={view} />
			</div>
		</Panel>
	);
}
