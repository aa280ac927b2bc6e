"use client";

import { useStore } from "@xyflow/react";
import { useEffect, useState } from "react";
import type { Point } from "@/components/canvas/drawing/geometry";
import { Menu } from "@/components/ui/menu";
import { isTyping } from "@/components/workflows/yaml/use-yaml-drop";
import type { ActionId } from "../actions/action";
import { ActionItems } from "../actions/action-items";
import { type EditorSession, useEditorSession } from "../editor-session";
import { useShowNode } from "./show-node";
import { NOTE_PREFIX } from "./use-flow-elements";

type About = "step" | "edge" | "note" | "canvas";

/** The actions of each menu, in its order, in groups. */
const MENUS: Readonly<Record<About, readonly (readonly ActionId[])[]>> = {
	step: [
		["rename-step", "replace", "next", "inside", "fold", "connect", "relocate"],
		["try", "copy-reference"],
		["copy", "cut", "duplicate", "disable"],
		["remove"],
	],
	edge: [["remove"]],
	note: [["copy", "cut", "duplicate"], ["remove"]],
	canvas: [
		["add", "note", "paste", "select-all"],
		["tidy", "fit"],
	],
};

interface Opened {
	about: About;
	/** On the screen. */
	at: Point;
}

/** The menu of the right button, and of the keyboard's menu key: what can be done with what it is about. */
export function ContextMenu() {
	const session = useEditorSession();
	const show = useShowNode();
	const [opened, setOpened] = useOpening(session);
	if (!opened) return null;
	const { about, at } = opened;
	const goBack = () => {
		const [id] = session.editor.getState().selection.nodes;
		if (about === "step" && id !== undefined) show(id);
	};
	return (
		<Menu
			key={`${at.x} ${at.y}`}
			open
			align="start"
			onOpenChange={(open) => !open && setOpened(null)}
			onCloseAutoFocus={(event) => {
				event.preventDefault();
				if (document.activeElement === document.body) goBack();
			}}
			trigger={<span aria-hidden="true" className="fixed size-0" style={{ left: at.x, top: at.y }} />}
		>
			<ActionItems groups={MENUS[about]} target={{ at }} />
		</Menu>
	);
}

function useOpening(session: EditorSession) {
	const canvas = useStore((flow) => flow.domNode);
	const [opened, setOpened] = useState<Opened | null>(null);
	useEffect(() => {
		const open = (event: MouseEvent) => {
			if (!(event.target instanceof Element) || isTyping(event.target)) return;
			event.preventDefault();
			setOpened({ about: take(session, event.target), at: { x: event.clientX, y: event.clientY } });
		};
		canvas?.addEventListener("contextmenu", open);
		return () => canvas?.removeEventListener("contextmenu", open);
	}, [session, canvas]);
	return [opened, setOpened] as const;
}

/** Selects what is under the pointer, unless it belongs to what is selected. */
function take({ editor, state }: EditorSession, target: Element): About {
	const { selection, select } = editor.getState();
	const node = target.closest<HTMLElement>(".react-flow__node")?.dataset.id;
	const edge = target.closest<HTMLElement>(".react-flow__edge")?.dataset.id;
	if (node?.startsWith(NOTE_PREFIX)) {
		const note = node.slice(NOTE_PREFIX.length);
		if (!selection.notes.includes(note)) select({ notes: [note] });
		return "note";
	}
	if (node !== undefined && state.getState().drawing.layout.nodes.has(node)) {
		if (!selection.nodes.includes(node)) select({ nodes: [node] });
		return "step";
	}
	if (edge === undefined) return "canvas";
	if (!selection.edges.includes(edge)) select({ edges: [edge] });
	return "edge";
}
