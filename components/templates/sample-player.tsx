"use client";

import { X } from "lucide-react";
import { useMemo } from "react";
import type { Plan } from "@/server/plan/plan";
import type { RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState } from "@/server/runs/state";
import { drawStill } from "../canvas/drawing/draw-still";
import { PlanPicture } from "../canvas/picture/plan-picture";
import { viewRun } from "../canvas/run/view-run";
import { useFocusWhen } from "../ui/hooks/use-focus-when";
import { IconButton } from "../ui/icon-button";
import { Scrubber } from "../ui/playback/scrubber";
import { usePlayback } from "../ui/playback/use-playback";
import { StatusPill } from "../ui/run-state/state-icon";
import { FitPicture } from "./fit-picture";

interface SamplePlayerProps {
	plan: Plan;
	/** Their times count from the beginning of the run, in ms. */
	events: readonly RunEvent[];
	onClose: () => void;
}

/** A recorded run, played on the picture of its plan. */
export function SamplePlayer({ plan, events, onClose }: SamplePlayerProps) {
	const player = useFocusWhen<HTMLElement>(true);
	const drawing = useMemo(() => drawStill(plan), [plan]);
	const end = Math.max(...events.map(({ at }) => at));
	const playback = usePlayback(end);
	const { now } = playback;
	const passed = events.filter(({ at }) => at <= now).length;
	const state = useMemo(() => foldRun(initialRunState, events.slice(0, passed)), [events, passed]);
	const view = useMemo(() => viewRun(drawing, state), [drawing, state]);
	const { width, height } = drawing.layout.bounds;
	return (
		<>
			<FitPicture width={width} height={height}>
				<PlanPicture drawing={drawing} run={{ view, now }} scale={1} />
			</FitPicture>
			<section
				ref={player}
				tabIndex={-1}
				aria-label="Sample run"
				className="absolute bottom-3 left-3 flex items-center gap-2 rounded-3 border border-line bg-panel p-1 pr-3 shadow-2 phone:right-3 phone:bottom-16"
			>
				<Scrubber playback={playback} end={end} className="w-40 phone:min-w-0 phone:flex-1" />
				<StatusPill state={state.phase.status === "timed_out" ? "timed-out" : state.phase.status} />
				<IconButton label="Close the run" onClick={onClose}>
					<X />
				</IconButton>
			</section>
		</>
	);
}
