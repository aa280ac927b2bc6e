"use client";

import { Fragment, type ReactNode, useState } from "react";
import { DrawingStrip } from "@/components/canvas/drawing-strip";
import { CloseDrawing, FullScreen } from "@/components/canvas/phone-drawing";
import { Button } from "@/components/ui/button";
import { useBackCloses } from "@/components/ui/hooks/use-back-closes";
import { ShownMoment } from "@/components/ui/hooks/use-now";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { nameOfNode } from "@/server/plan/graph/index-plan";
import { stepKey } from "@/server/runs/state";
import { AllFiles } from "../files/run-files";
import { useFiles } from "../files/use-files";
import { RunFilm } from "../film/run-film";
import { AllLogs } from "../logs/all-logs";
import { RunCanvas } from "../run-desktop";
import { ConnectionState } from "../run-facts";
import { findStepToShow } from "../step/find-step-to-show";
import { approvalOf } from "../step/step-decision";
import { StepPanel } from "../step/step-panel";
import type { RunScreen } from "../use-run-screen";
import { PhoneRunFacts } from "./phone-run-facts";
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
					<PhoneRunFacts screen={screen} />
					{parts?.origin && <div className="flex-none border-line border-b pt-3">{parts.origin}</div>}
					<StepsOrLogs screen={screen} />
				</main>
				{state.phase.status === "paused" && (
					<p className="flex-none border-line border-t bg-page px-4 pt-3 text-12">
						<ConnectionState screen={screen} />
					</p>
				)}
				{parts && <WaitingApproval screen={screen} />}
				<div className="grid flex-none gap-2 border-line border-t bg-page px-4 pt-3 pb-5 [&:not(:has(button,a,p))]:hidden">
					<RunFilm film={screen.film} download={screen.download} />
					<div className="grid auto-cols-fr grid-flow-col gap-2 empty:hidden">{actions}</div>
				</div>
				{drawing && (
					<FullScreen>
						<RunCanvas screen={screen}>
							<CloseDrawing onClose={() => setDrawing(false)} />
						</RunCanvas>
					</FullScreen>
				)}
				{step && wait && wait.by !== "choice" && parts && screen.film.at === null ? (
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

/** What waits for a decision, and the way to it. */
function WaitingApproval({ screen }: { screen: RunScreen }) {
	const step = findStepToShow(screen.state, true);
	if (!step || !approvalOf(step)) return null;
	return (
		<div className="flex flex-none items-center gap-3 border-line border-t bg-waiting-soft px-4 py-2">
			<p className="min-w-0 flex-1">
				<span className="block truncate font-medium">{nameOfNode(screen.drawing.graph, step.nodeId)}</span>
				<span className="block text-12 text-ink-2">waits for a decision</span>
			</p>
			<Button intent="primary" onClick={() => screen.select(step.nodeId, step.iteration)}>
				Open it
			</Button>
		</div>
	);
}

/** The list of steps, or what all of them have printed. */
function StepsOrLogs({ screen }: { screen: RunScreen }) {
	const files = useFiles(screen) ?? [];
	return (
		<Tabs defaultValue="steps" className="flex-1">
			<TabList aria-label="Details of the run">
				<Tab value="steps">Steps</Tab>
				{screen.shows.logs && <Tab value="logs">Logs</Tab>}
				{(files.length > 0 || screen.shows.files) && <Tab value="files">Files</Tab>}
				{screen.parts && <Tab value="discussion">Discussion</Tab>}
			</TabList>
			<TabPanel value="steps" className="overflow-y-auto bg-panel">
				<PhoneStepList screen={screen} />
			</TabPanel>
			<TabPanel value="logs">
				<AllLogs screen={screen} />
			</TabPanel>
			<TabPanel value="files" className="overflow-y-auto bg-panel pt-2">
				<AllFiles screen={screen} files={files} />
			</TabPanel>
			{screen.parts && (
				<TabPanel value="discussion" className="grid content-start gap-3 overflow-y-auto bg-panel p-4">
					{screen.parts.discussion}
				</TabPanel>
			)}
		</Tabs>
	);
}
