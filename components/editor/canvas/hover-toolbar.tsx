"use client";

import { NodeToolbar, Position, useStore } from "@xyflow/react";
import { CopyPlus, Link2, Power, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { catalog } from "@/server/nodes/catalog";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import { takeOutNodes } from "@/server/plan/edits/take-out-nodes";
import type { NodeId } from "@/server/plan/plan";
import { useEditorSession, useSessionState } from "../editor-session";
import { useEditor } from "../editor-store";
import { duplicateBeside } from "./clip-steps";
import { toolbarSide } from "./place-toolbar";

/** Long enough to move from a step onto its toolbar. */
const LINGER_MS = 160;

/** Beside the step under the pointer: duplicate, connect, disable, remove. */
export function HoverToolbar() {
	const { editor, state, announce } = useEditorSession();
	const [id, setHovered] = useHovered();
	const node = useEditor(({ plan }) => plan.nodes.find((known) => known.id === id));
	const side = useSide(id);
	if (!node || id === undefined) return null;
	const { apply } = editor.getState();
	const duplicate = () =>
		apply("Duplicate", duplicateBeside(state.getState().drawing, { nodes: [id] }), { select: "added" });
	const remove = () => {
		apply("Remove", (plan) => takeOutNodes(plan, [id], catalog));
		announce(`Removed ${node.name}.`);
		setHovered(undefined);
	};
	return (
		<NodeToolbar nodeId={id} isVisible position={side} align="center" offset={8}>
			<div
				role="toolbar"
				aria-label={node.name}
				data-hover-toolbar={id}
				className="flex gap-0.5 rounded-3 border border-line bg-panel p-[3px] shadow-1"
			>
				<IconButton label="Duplicate" size="panel" tooltipSide="top" onClick={duplicate}>
					<CopyPlus />
				</IconButton>
				<IconButton label="Connect with" size="panel" tooltipSide="top" onClick={() => state.setState({ joining: id })}>
					<Link2 />
				</IconButton>
				<IconButton
					label={node.disabled ? "Enable" : "Disable"}
					size="panel"
					tooltipSide="top"
					pressed={node.disabled === true}
					onClick={() =>
						apply(node.disabled ? "Enable" : "Disable", (plan) =>
							setNodeFields(plan, [id], { disabled: !node.disabled }),
						)
					}
				>
					<Power />
				</IconButton>
				<IconButton label="Remove" size="panel" tooltipSide="top" onClick={remove}>
					<Trash2 />
				</IconButton>
			</div>
		</NodeToolbar>
	);
}

function useSide(id: NodeId | undefined): Position {
	const layout = useSessionState(({ drawing }) => drawing.layout);
	const zoom = useStore(({ transform }) => transform[2]);
	const nodeLayout = id === undefined ? undefined : layout.nodes.get(id);
	return nodeLayout && toolbarSide(layout, nodeLayout, zoom) === "bottom" ? Position.Bottom : Position.Top;
}

/** The step under the pointer, or under the toolbar beside it; undefined while a button is held. */
function useHovered(): [NodeId | undefined, (id: NodeId | undefined) => void] {
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
	return [hovered, setHovered];
}

function nodeUnder(target: Element): NodeId | undefined {
	const toolbar = target.closest("[data-hover-toolbar]");
	if (toolbar) return toolbar.getAttribute("data-hover-toolbar") ?? undefined;
	const frame = target.closest(".node, .container > .header");
	const button = frame?.querySelector("[data-node]");
	return button?.getAttribute("data-node") ?? undefined;
}
