"use client";

import { NodeToolbar, Position, useStore } from "@xyflow/react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { NodeId } from "@/server/plan/plan";
import type { ActionId } from "../actions/action";
import { ActionButton } from "../actions/action-button";
import { useSessionState } from "../editor-session";
import { useEditor } from "../editor-store";
import { toolbarSide } from "./place-toolbar";

/** Long enough to move from a step onto its toolbar. */
const LINGER_MS = 160;

const ACTIONS: readonly ActionId[] = ["duplicate", "connect", "disable", "remove"];

/** Beside the step under the pointer: duplicate, connect, disable, remove. */
export function HoverToolbar() {
	const id = useHovered();
	const name = useEditor(({ plan }) => plan.nodes.find((known) => known.id === id)?.name);
	const side = useSide(id);
	const target = useMemo(() => ({ nodes: id === undefined ? [] : [id] }), [id]);
	if (name === undefined || id === undefined) return null;
	return (
		<NodeToolbar nodeId={id} isVisible position={side} align="center" offset={8}>
			<div
				role="toolbar"
				aria-label={name}
				data-hover-toolbar={id}
				className="flex gap-0.5 rounded-3 border border-line bg-panel p-[3px] shadow-1"
			>
				{ACTIONS.map((action) => (
					<ActionButton key={action} id={action} target={target} size="panel" />
				))}
			</div>
		</NodeToolbar>
	);
}

function useSide(id: NodeId | undefined): Position {
	const zoom = useStore(({ transform }) => transform[2]);
	return useSessionState(({ drawing: { layout } }) => {
		const nodeLayout = id === undefined ? undefined : layout.nodes.get(id);
		return nodeLayout && toolbarSide(layout, nodeLayout, zoom) === "bottom" ? Position.Bottom : Position.Top;
	});
}

/** The step under the pointer, or under the toolbar beside it; undefined while a button is held. */
function useHovered(): NodeId | undefined {
	const [hovered, setHovered] = useState<NodeId>();
	const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
	useEffect(() => {
		const stop = new AbortController();
		const { signal } = stop;
		const over = ({ target, buttons }: PointerEvent) => {
			const id = buttons === 0 && target instanceof Element ? nodeUnder(target) : undefined;
			clearTimeout(leaving.current);
			if (id !== undefined) setHovered(id);
			else leaving.current = setTimeout(() => setHovered(undefined), LINGER_MS);
		};
		document.addEventListener("pointerover", over, { signal });
		document.addEventListener(
			"pointerdown",
			({ target }) => {
				if (target instanceof Element && !target.closest("[data-hover-toolbar]")) setHovered(undefined);
			},
			{ signal },
		);
		return () => {
			stop.abort();
			clearTimeout(leaving.current);
		};
	}, []);
	return hovered;
}

function nodeUnder(target: Element): NodeId | undefined {
	const toolbar = target.closest("[data-hover-toolbar]");
	if (toolbar) return toolbar.getAttribute("data-hover-toolbar") ?? undefined;
	const frame = target.closest(".node, .container > .header");
	const button = frame?.querySelector("[data-node]");
	return button?.getAttribute("data-node") ?? undefined;
}
