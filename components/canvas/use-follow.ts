"use client";

import { useReactFlow, useStore, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { NodeId } from "@/server/plan/plan";
import type { Drawing } from "./drawing/draw-plan";
import { boundsOf, contains, type Rect, stepInto } from "./drawing/geometry";
import { motion } from "./motion";
import type { RunView } from "./run/view-run";
import { LIVE_LOOKS } from "./run/view-step";

export interface Follow {
	on: boolean;
	toggle: () => void;
	stop: () => void;
}

interface FollowOptions {
	drawing: Drawing;
	run: RunView | null;
	live: boolean;
	selected: NodeId | null;
}

/** Keeps what is running in view, until the person moves the canvas; and brings a selected step into view. */
export function useFollow({ drawing, run, live, selected }: FollowOptions): Follow {
	const [on, setOn] = useState(true);
	const show = useShow();
	const room = useStore(({ width, height }) => width * height);
	const alive = useMemo(() => (run && live ? aliveIds(run, drawing).join(" ") : ""), [run, live, drawing]);
	useEffect(() => {
		if (!on || alive === "") return;
		show(
			alive.split(" ").flatMap((id) => drawing.layout.nodes.get(id)?.rect ?? []),
			"centre",
		);
	}, [on, alive, drawing, show]);
	// The room, too: a panel that opens may cover the step.
	useEffect(() => {
		if (room === 0) return;
		const nodeLayout = selected === null ? undefined : drawing.layout.nodes.get(selected);
		if (nodeLayout && !nodeLayout.look.container) show([nodeLayout.rect], "nearest");
	}, [selected, drawing, show, room]);
	return useMemo(() => ({ on, toggle: () => setOn((was) => !was), stop: () => setOn(false) }), [on]);
}

/** Steps that are alive, without the containers around them. */
function aliveIds(run: RunView, drawing: Drawing): NodeId[] {
	return Object.entries(run.steps)
		.filter(([id, view]) => LIVE_LOOKS.includes(view.look) && !drawing.layout.nodes.get(id)?.look.container)
		.map(([id]) => id);
}

/** Moves the canvas only when something of `rects` is out of view: to its middle, or just as far as needed. */
function useShow(): (rects: Rect[], to: "centre" | "nearest") => void {
	const flow = useReactFlow();
	const store = useStoreApi();
	return useCallback(
		(rects, to) => {
			const { width, height, transform } = store.getState();
			const [x, y, zoom] = transform;
			if (rects.length === 0 || width === 0) return;
			const margin = 24 / zoom;
			const seen = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
			const target = boundsOf(rects);
			if (contains(seen, grow(target, margin))) return;
			if (to === "nearest") {
				const { dx, dy } = stepInto(seen, grow(target, margin));
				void flow.setViewport({ x: x + dx * zoom, y: y + dy * zoom, zoom }, motion(200));
				return;
			}
			void flow.setCenter(target.x + target.width / 2, target.y + target.height / 2, { zoom, ...motion(200) });
		},
		[flow, store],
	);
}

function grow(rect: Rect, by: number): Rect {
	return { x: rect.x - by, y: rect.y - by, width: rect.width + 2 * by, height: rect.height + 2 * by };
}
