"use client";

import { useStore } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { shallow } from "zustand/shallow";
import { useEditorStore } from "../editor-store";
import { useShowNode } from "./show-node";

/** The step that is being worked on does not vanish under a panel that opens or widens. */
export function KeepInView() {
	const size = useStore(({ width, height }) => ({ width, height }), shallow);
	const editor = useEditorStore();
	const show = useShowNode();
	const before = useRef(size);
	useEffect(() => {
		const isSmaller = size.width < before.current.width || size.height < before.current.height;
		before.current = size;
		const [id, ...others] = editor.getState().selection.nodes;
		if (isSmaller && id !== undefined && others.length === 0) show(id, { focus: false });
	}, [size, editor, show]);
	return null;
}
