"use client";

import { Panel } from "@xyflow/react";
import { IconButton } from "@/components/ui/icon-button";
import { useModKey } from "@/components/ui/use-mod-key";
import { useActions } from "./actions-context";
import { FindOnCanvas } from "./find-on-canvas";
import { keyCaps } from "./keys";
import { SelectionBar } from "./selection-bar";
import { useBench } from "./workbench";

/** At the top right of the canvas: find, tidy up, note. */
export function CanvasTools() {
	const finding = useBench((state) => state.finding);
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

/** An action as an icon, with its key in the tooltip. */
export function ActionButton({ id, size = "bar" }: { id: string; size?: "bar" | "panel" }) {
	const modKey = useModKey();
	const action = useActions().find((known) => known.id === id);
	if (!action) return null;
	const { title, keys, Icon, run } = action;
	return (
		<IconButton
			label={title}
			{...(keys !== undefined && { shortcut: keyCaps(keys, modKey).join(" ") })}
			size={size}
			className={size === "bar" ? "size-[26px]" : undefined}
			onClick={run}
		>
			<Icon />
		</IconButton>
	);
}
