"use client";

import type { ReactNode } from "react";
import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import { LiveDuration } from "@/components/ui/live-duration";
import { RUN_LOOK_LABELS } from "@/components/ui/run-state/run-look";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { isEnded } from "@/server/runs/state";
import { endOf, startOf } from "../describe-run";
import { ConnectionState } from "../run-facts";
import type { RunScreen } from "../use-run-screen";

interface PhoneRunHeadProps {
	screen: RunScreen<StillDrawing>;
	/** What leads away from it. */
	children?: ReactNode;
}

/** What the run is, and how it stands. */
export function PhoneRunHead({ screen, children }: PhoneRunHeadProps) {
	const { run, state, look } = screen;
	const started = startOf(state);
	return (
		<header className="flex h-13 flex-none items-center gap-1 border-line border-b bg-page px-1">
			{children}
			<div className="min-w-0 flex-1 first:pl-3">
				<h1 className="truncate text-[15px]">{run.workflow.name}</h1>
				<p className="flex items-center gap-1.5 text-12 leading-[18px] tabular-nums">
					<span className="text-ink-3">{run.number}</span>
					<span data-state={look} className="inline-flex items-center gap-1.5 font-medium text-(--c)">
						<StateIcon state={look} label="" />
						{RUN_LOOK_LABELS[look]}
						{started !== undefined && (
							<span>
								· <LiveDuration from={started} to={endOf(state)} />
							</span>
						)}
					</span>
				</p>
			</div>
			{state.phase.status !== "paused" && (screen.isCatchingUp || !isEnded(state.phase.status)) && (
				<span className="pr-3 text-12">
					<ConnectionState screen={screen} />
				</span>
			)}
		</header>
	);
}
