"use client";

import { useReactFlow, useStore } from "@xyflow/react";
import { useLayoutEffect, useRef } from "react";
import { shallow } from "zustand/shallow";

/** What stands in the middle of the canvas stays there when a panel beside or below it opens, closes or is resized. */
export function KeepCentered() {
	const flow = useReactFlow();
	const size = useStore(({ width, height }) => ({ width, height }), shallow);
	const before = useRef(size);
	useLayoutEffect(() => {
		const old = before.current;
		// A canvas that is put away has no size, and comes back as it was.
		if (size.width === 0 || size.height === 0) return;
		before.current = size;
		if (old.width === 0 || old.height === 0) return;
		const { x, y, zoom } = flow.getViewport();
		const by = { x: (size.width - old.width) / 2, y: (size.height - old.height) / 2 };
		if (by.x !== 0 || by.y !== 0) void flow.setViewport({ x: x + by.x, y: y + by.y, zoom });
	}, [size, flow]);
	return null;
}
