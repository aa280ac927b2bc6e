"use client";

import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import { PhoneFact, PhoneFacts } from "@/components/canvas/phone-facts";
import { formatCost } from "@/components/ui/format/format-number";
import { LocalClock } from "@/components/ui/local-clock";
import { Skeleton } from "@/components/ui/skeleton";
import { isEnded } from "@/server/runs/state";
import { countSteps } from "../count-steps";
import { startOf } from "../describe-run";
import { describeStepCount } from "../describe-step-count";
import type { RunScreen } from "../use-run-screen";

/** When the run began, how far it is, and what started it. */
export function PhoneRunFacts({ screen }: { screen: RunScreen<StillDrawing> }) {
	const { state } = screen;
	const steps = countSteps(screen.drawing, screen.view, state);
	const started = startOf(state);
	return (
		<PhoneFacts>
			{started !== undefined && (
				<PhoneFact name="Started">
					<LocalClock at={started} />
				</PhoneFact>
			)}
			<PhoneFact name="Steps">
				{screen.isCatchingUp ? (
					<Skeleton className="my-1 w-16" />
				) : (
					describeStepCount(steps, isEnded(state.phase.status))
				)}
			</PhoneFact>
			{state.costUsd > 0 && <PhoneFact name="Cost">{formatCost(state.costUsd)}</PhoneFact>}
			<PhoneFact name="Trigger">{screen.cause.name}</PhoneFact>
		</PhoneFacts>
	);
}
