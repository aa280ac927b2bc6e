"use client";

import { createPortal } from "react-dom";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { IconTile } from "@/components/ui/icon-tile";
import { catalog } from "@/server/nodes/catalog";
import { GHOST_OFFSET, type Ghost } from "./use-palette-drag";

/** The step that follows the pointer, as large as it will stand on the canvas. */
export function PaletteGhost({ ghost }: { ghost: Ghost }) {
	const { title, icon, category } = catalog[ghost.type];
	const { at, zoom } = ghost;
	const offset = GHOST_OFFSET * zoom;
	return createPortal(
		<div
			className="weft-ghost"
			aria-hidden="true"
			style={{ transform: `translate(${at.x + offset}px, ${at.y + offset}px) scale(${zoom})` }}
		>
			<IconTile category={category}>
				<NodeIcon name={icon} />
			</IconTile>
			<span className="grid min-w-0 gap-0.5">
				<span className="truncate font-medium text-13 leading-[18px]">{title}</span>
				<span className="truncate font-mono text-11 text-ink-3">{ghost.hint}</span>
			</span>
		</div>,
		document.body,
	);
}
