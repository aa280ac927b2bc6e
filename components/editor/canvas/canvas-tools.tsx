"use client";

import { Panel } from "@xyflow/react";
import { ActionButton } from "../actions/action-button";
import { useSessionState } from "../editor-session";
import { FindOnCanvas } from "./find-on-canvas";
import { SelectionBar } from "./selection-bar";

/** At the top right of the canvas: find, tidy up, note. */
export function CanvasTools() {
	const finding = useSessionState((state) => state.finding);
	return (
		<Panel position="top-right" className="m-3! flex gap-2">
			<SelectionBar />
			{finding ? (
				<FindOnCanvas />
			) : (
				<div className="flex gap-0.5 rounded-3 border border-line bg-panel p-[3px] shadow-1">
					<ActionButton id="find-step" />
					<ActionButton id="tidy" />
					<ActionButton id="note" />
					<ActionButton id="inspector" />
				</div>
			)}
		</Panel>
	);
}

/** At the top left of the canvas: the steps to add, while their panel is closed. */
export function PaletteButton() {
	return (
		<div className="rounded-3 border border-line bg-panel p-[3px] shadow-1">
			<ActionButton id="palette" />
		</div>
	);
}
