"use client";

import { Fragment, type ReactNode, useState } from "react";
import { CloseDrawing, DrawingStrip, FullScreen } from "@/components/canvas/phone-drawing";
import { PhoneFact, PhoneFacts } from "@/components/canvas/phone-facts";
import { formatCost } from "@/components/ui/format/format-number";
import { formatClock } from "@/components/ui/format/format-time";
import { useBackCloses } from "@/components/ui/hooks/use-back-closes";
import { ShownMoment } from "@/components/ui/hooks/use-now";
import { Skeleton } from "@/components/ui/skeleton";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { isEnded, stepKey } from "@/server/runs/state";
import { countSteps } from "../count-steps";
import { startOf, triggerName } from "../describe-run";
import { describeStepCount } from "../describe-step-count";
import { RunFilm } from "../film/run-film";
import { AllLogs } from "../logs/all-logs";
import { RunCanvas } from "../run-desktop";
import { ConnectionState } from "../run-facts";
import { approvalOf } from "../step/step-decision";
import { StepPanel } from "../step/step-panel";
import type { RunScreen } from "../use-run-screen";
import { PhoneStepList } from "./phone-step-list";

interface RunPhoneProps {
	screen: RunScreen;
	/** Across the top. */
	head: ReactNode;
	/** What can be done, at the bottom. */
	actions: ReactNode;
}

/** A run on a phone: a list along one line; the drawing is a strip that opens full screen. */
export function RunPhone({ screen, head, actions }: RunPhoneProps) {
	const { selected, state, parts } = screen;
	const [drawing, setDrawing] = useState(false);
	useBackCloses(drawing, () => setDrawing(false));
	const step = selected ? state.steps[stepKey(selected.id, selected.view.iteration)] : undefined;
	const wait = approvalOf(step);
	return (
		<ShownMoment value={screen.film.at}>
			<div className="flex h-dvh flex-col">
				{head}
				<DrawingStrip drawing={screen.drawing} run={screen.view} onOpen={() => setDrawing(true)} />
				<main className="flex min-h-0 flex-1 flex-col">
					<Facts screen={screen} />
					<StepsOrLogs screen={screen} />
				</main>
				{state.phase.status === "paused" && (
					<p className="flex-none border-line border-t bg-page px-4 pt-3 text-12">
						<ConnectionState screen={screen} />
					</p>
				)}
				{screen.film.length > 0 && (
					<div className="grid flex-none border-line border-t bg-page px-4 pt-3">
						<RunFilm film={screen.film} />
					</div>
				)}
				<div className="grid flex-none auto-cols-fr grid-flow-col gap-2 border-line border-t bg-page px-4 pt-3 pb-5 empty:hidden">
					{actions}
				</div>
				{drawing && (
					<FullScreen>
						<RunCanvas screen={screen}>
							<CloseDrawing onClose={() => setDrawing(false)} />
						</RunCanvas>
					</FullScreen>
				)}
				{step && wait && parts && screen.film.at === null ? (
					<Fragment key={stepKey(step.nodeId, step.iteration)}>{parts.approval(step, wait)}</Fragment>
				) : (
					selected && (
						<FullScreen>
							<StepPanel screen={screen} selected={selected} />
						</FullScreen>
					)
				)}
			</div>
		</ShownMoment>
	);
}

/** The list of steps, or what all of them have printed. */
function StepsOrLogs({ screen }: { screen: RunScreen }) {
	return (
		<Tabs defaultValue="steps" className="flex-1">
			<TabList aria-label="Details of the run">
				<Tab value="steps">Steps</Tab>
				{screen.shows.logs && <Tab value="logs">Logs</Tab>}
			</TabList>
			<TabPanel value="steps" className="overflow-y-auto bg-panel">
				<PhoneStepList screen={screen} />
			</TabPanel>
			<TabPanel value="logs">
				<AllLogs screen={screen} />
			</TabPanel>
		</Tabs>
	);
}

function Facts({ screen }: { screen: RunScreen }) {
	const { run, state } = screen;
	const steps = countSteps(screen.drawing, screen.view, state);
	const started = startOf(state);
	return (
		<PhoneFacts>
			{started !== undefined && <PhoneFact name="Started">{formatClock(started)}</PhoneFact>}
			<PhoneFact name="Steps">
				{screen.isCatchingUp ? (
					<Skeleton className="my-1 w-16" />
				) : (
					describeStepCount(steps, isEnded(state.phase.status))
				)}
			</PhoneFact>
			{state.costUsd > 0 && <PhoneFact name="Cost">{formatCost(state.costUsd)}</PhoneFact>}
			<PhoneFact name="Trigger">{triggerName(run.trigger)}</PhoneFact>
		</PhoneFacts>
	);
}
