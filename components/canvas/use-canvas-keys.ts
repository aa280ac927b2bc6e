"use client";

import { useReactFlow } from "@xyflow/react";
import type { KeyboardEvent } from "react";
import type { Drawing } from "./drawing/draw-plan";
import { nextInDirection } from "./drawing/walk-edges";
import { motion } from "./motion";

const DIRECTIONS = { ArrowRight: "right", ArrowLeft: "left", ArrowDown: "down", ArrowUp: "up" } as const;

/** Arrow keys move the focus along the edges, Escape clears the selection; Enter is the focused button's own. */
export function useCanvasKeys(drawing: Drawing, onClear: () => void): (event: KeyboardEvent<HTMLElement>) => void {
	const flow = useReactFlow();
	return (event) => {
		if (event.key === "Escape") return onClear();
		if (!isArrow(event.key) || event.altKey || event.metaKey || event.ctrlKey) return;
		const from = event.target instanceof HTMLElement ? event.target.dataset.node : undefined;
		const next = from && nextInDirection(drawing, from, DIRECTIONS[event.key]);
		if (!next) return;
		event.preventDefault();
		const button = event.currentTarget.querySelector<HTMLElement>(`[data-node="${next}"]`);
		button?.focus({ preventScroll: true });
		const rect = drawing.layout.nodes.get(next)?.rect;
		if (rect && button && !isInSight(button, event.currentTarget)) {
			flow.setCenter(rect.x + rect.width / 2, rect.y + rect.height / 2, { zoom: flow.getZoom(), ...motion(140) });
		}
	};
}

function isArrow(key: string): key is keyof typeof DIRECTIONS {
	return Object.hasOwn(DIRECTIONS, key);
}

function isInSight(element: HTMLElement, frame: HTMLElement): boolean {
	const inner = element.getBoundingClientRect();
	const outer = frame.getBoundingClientRect();
	return (
		inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
	);
}
