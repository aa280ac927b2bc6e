"use client";

import { useStore } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useEditorStore } from "../editor-store";
import { useShowNode } from "./show-node";

/** The step that is being worked on does not vanish under a panel that opens or widens. */
export function KeepInSight() {
	const width = useStore((flow) => flow.width);
	const editor = useEditorStore();
	const show = useShowNode();
	const before = useRef(width);
	useEffect(() => {
		const isNarrower = width < before.current;
		before.current = width;
		const [id, ...others] = editor.getState().selection.nodes;
		if (isNarrower && id !== undefined && others.length === 0) show(id, { focus: false });
	}, [width, editor, show]);
	return null;
}
