"use client";

import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { CloseDrawing, DrawingStrip, FullScreen } from "@/components/canvas/phone-drawing";
import { PhoneFact, PhoneFacts } from "@/components/canvas/phone-facts";
import { formatCost } from "@/components/ui/format/format-number";
import { formatClock } from "@/components/ui/format/format-time";
import { useBackCloses } from "@/components/ui/hooks/use-back-closes";
import { IconButton } from "@/components/ui/icon-button";
import { LiveDuration } from "@/components/ui/live-duration";
import { RUN_LOOK_LABELS } from "@/components/ui/run-state/run-look";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { Skeleton } from "@/components/ui/skeleton";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { isEnded, stepKey } from "@/server/runs/state";
import { countSteps } from "../count-steps";
import { endOf, startOf, triggerName } from "../describe-run";
import { describeStepCount } from "../describe-step-count";
import { AllLogs } from "../logs/all-logs";
import { RunActions } from "../run-actions";
import { RunCanvas } from "../run-desktop";
import { ConnectionState } from "../run-facts";
import { approvalOf } from "../step/step-approval";
import { StepPanel } from "../step/step-panel";
import type { RunScreen } from "../use-run-screen";
import { PhoneApproval } from "./phone-approval";
import { PhoneStepList } from "./phone-step-list";

/** A run on a phone: a list along one line; the drawing is a strip that opens full screen. */
export function RunPhone({ screen }: { screen: RunScreen }) {
	const { selected, state } = screen;
	const [drawing, setDrawing] = useState(false);
	useBackCloses(drawing, () => setDrawing(false));
	const step = selected ? state.steps[stepKey(selected.id, selected.view.iteration)] : undefined;
	const wait = approvalOf(step);
	return (
		<div className="flex h-dvh flex-col">
			<PhoneHead screen={screen} />
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
			<div className="grid flex-none auto-cols-fr grid-flow-col gap-2 border-line border-t bg-page px-4 pt-3 pb-5 empty:hidden">
				<RunActions screen={screen} />
			</div>
			{drawing && (
				<FullScreen>
					<RunCanvas screen={screen}>
						<CloseDrawing onClose={() => setDrawing(false)} />
					</RunCanvas>
				</FullScreen>
			)}
			{step && wait ? (
				<PhoneApproval key={stepKey(step.nodeId, step.iteration)} screen={screen} step={step} wait={wait} />
			) : (
				selected && (
					<FullScreen>
						<StepPanel screen={screen} selected={selected} />
					</FullScreen>
				)
			)}
		</div>
	);
}

/** The list of steps, or what all of them have printed. */
function StepsOrLogs({ screen }: { screen: RunScreen }) {
	return (
		<Tabs defaultValue="steps" className="flex-1">
			<TabList aria-label="Details of the run">
				<Tab value="steps">Steps</Tab>
				<Tab value="logs">Logs</Tab>
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

function PhoneHead({ screen }: { screen: RunScreen }) {
	const { team, run, state, look } = screen;
	const started = startOf(state);
	return (
		<header className="flex h-13 flex-none items-center gap-1 border-line border-b bg-page px-1">
			<IconButton label="All runs" asChild>
				<Link href={`/${team}/workflows/${run.workflow.slug}?tab=runs`}>
					<ChevronLeft aria-hidden="true" />
				</Link>
			</IconButton>
			<div className="min-w-0 flex-1">
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
