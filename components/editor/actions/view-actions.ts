import type { ReactFlowInstance } from "@xyflow/react";
import { Expand, Keyboard, Maximize, Search, ZoomIn, ZoomOut } from "lucide-react";
import { motion } from "@/components/canvas/motion";
import { FIT } from "../canvas/fit";
import type { EditorSession } from "../editor-session";
import type { Action } from "./action";

/** What is in view. */
export function viewActions(session: EditorSession, flow: ReactFlowInstance): Action[] {
	const { state } = session;
	return [
		{
			id: "commands",
			title: "All commands and keys",
			group: "View",
			Icon: Keyboard,
			keys: "mod+k",
			whileTyping: true,
			run: () => state.setState({ commanding: true }),
		},
		{
			id: "find-step",
			title: "Find on the canvas",
			group: "View",
			Icon: Search,
			keys: "mod+f",
			run: () => state.setState({ finding: true }),
		},
		{ id: "search-palette", title: "Find a type of step", group: "View", Icon: Search, keys: "/", run: focusPalette },
		...zoomActions(session, flow),
	];
}

function zoomActions(session: EditorSession, flow: ReactFlowInstance): Action[] {
	return [
		{
			id: "fit",
			title: "Fit everything",
			group: "View",
			Icon: Maximize,
			keys: "shift+1",
			run: () => void flow.fitView({ ...FIT, ...motion(200) }),
		},
		{
			id: "zoom-selection",
			title: "Zoom to the selection",
			group: "View",
			Icon: Expand,
			keys: "shift+2",
			reason: () => (session.editor.getState().selection.nodes.length > 0 ? undefined : "no step is selected"),
			run: () => zoomToSelection(session, flow),
		},
		{
			id: "zoom-in",
			title: "Zoom in",
			group: "View",
			Icon: ZoomIn,
			keys: "plus",
			run: () => void flow.zoomIn(motion(140)),
		},
		{
			id: "zoom-out",
			title: "Zoom out",
			group: "View",
			Icon: ZoomOut,
			keys: "-",
			run: () => void flow.zoomOut(motion(140)),
		},
		{
			id: "zoom-100",
			title: "Zoom to 100 %",
			group: "View",
			Icon: ZoomIn,
			keys: "0",
			run: () => void flow.zoomTo(1, motion(140)),
		},
	];
}

function zoomToSelection({ editor }: EditorSession, flow: ReactFlowInstance): void {
	const nodes = editor.getState().selection.nodes.map((id) => ({ id }));
	void flow.fitView({ nodes, padding: 0.3, maxZoom: 1, ...motion(200) });
}

function focusPalette(): void {
	document.querySelector<HTMLElement>("[data-palette-search]")?.focus();
}
