"use client";

import { describeStep } from "@/components/canvas/run/describe-step";
import { describeIterations, type StepView } from "@/components/canvas/run/view-step";
import { cn } from "@/components/ui/class-names";
import { firstName } from "@/components/ui/format/format-name";
import { formatClock } from "@/components/ui/format/format-time";
import { LiveDuration } from "@/components/ui/live-duration";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { type StepState, stepKey } from "@/server/runs/state";
import { plainText } from "../logs/ansi";
import { useLog } from "../logs/use-log";
import type { RunScreen } from "../use-run-screen";
import { BranchName, branchLabel } from "./branch-name";
import { indentOf, PhoneConnectors } from "./phone-connectors";
import { type PhoneRow, phoneRows } from "./phone-rows";

/** A run as a list along one line: rows of 44, badges of 20. */
export function PhoneStepList({ screen }: { screen: RunScreen }) {
	return (
		<ol className="px-4 py-1">
			{phoneRows(screen.drawing.graph, screen.view).map((row, index) => (
				<li key={row.id}>
					<PhoneStep screen={screen} row={row} first={index === 0} />
				</li>
			))}
		</ol>
	);
}

interface PhoneStepProps {
	screen: RunScreen;
	row: PhoneRow;
	first: boolean;
}

function PhoneStep({ screen, row, first }: PhoneStepProps) {
	const nodeLayout = screen.drawing.layout.nodes.get(row.id);
	const step = screen.state.steps[stepKey(row.id, row.view.iteration)];
	const label = nodeLayout && screen.view.steps[nodeLayout.level]?.pages?.label;
	const idle = row.view.look === "pending" || row.view.look === "skipped";
	return (
		<div className="relative" style={indentOf(row)}>
			<PhoneConnectors row={row} first={first} />
			<button
				type="button"
				className="relative grid min-h-11 w-full grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-3 text-left"
				onClick={() => screen.select(row.id, row.view.iteration)}
			>
				<span className="sr-only">
					{nodeLayout ? describeStep(nodeLayout.look, row.view) : row.name}
					{branchLabel(row.branch)}
				</span>
				<span aria-hidden="true" className="z-10 mx-0.5 rounded-full bg-panel">
					<StateIcon state={row.view.look === "pending" ? "queued" : row.view.look} label="" className="size-5" />
				</span>
				<span aria-hidden="true" className="min-w-0">
					<span className="flex min-w-0 items-center gap-1.5">
						<BranchName name={row.branch} />
						<span className={cn("truncate font-medium", idle && "text-ink-3")}>{row.name}</span>
					</span>
					{label && <span className="block truncate font-mono text-[12px] text-ink-3 leading-4">{label}</span>}
				</span>
				<span aria-hidden="true" className="text-12 text-ink-2 tabular-nums">
					<EndText view={row.view} step={step} />
				</span>
			</button>
			{screen.shows.logs && step?.phase.status === "running" && step.lastLogSeq > 0 && !step.iterations && (
				<Tail screen={screen} step={step} />
			)}
		</div>
	);
}

function EndText({ view, step }: { view: StepView; step: StepState | undefined }) {
	if (view.pages) return describeIterations(view.pages);
	if (view.look === "skipped" || view.look === "waiting") return view.text;
	const lead =
		step?.decision && "name" in step.decision.actor ? firstName(step.decision.actor.name) : attemptText(step);
	if (view.startedAt === undefined) return null;
	return (
		<>
			{lead && `${lead} · `}
			<LiveDuration from={view.startedAt} to={view.endedAt} />
		</>
	);
}

function attemptText(step: StepState | undefined): string | null {
	const number = step?.attempts.at(-1)?.number ?? 1;
	return number > 1 ? `attempt ${number}` : null;
}

/** The last two lines of what runs. */
function Tail({ screen, step }: { screen: RunScreen; step: StepState }) {
	const log = useLog(screen.reader, step, step.lastLogSeq);
	const rows = log.rows.slice(-2);
	if (rows.length === 0) return null;
	return (
		<div className="mb-2.5 ml-9 overflow-hidden whitespace-nowrap rounded-3 border border-line bg-sunken px-3 py-2 font-mono text-[12px] text-ink-2 leading-[18px]">
			{rows.map((row) => (
				<div key={row.key} className="truncate">
					{formatClock(row.at)} {plainText(row.text)}
				</div>
			))}
		</div>
	);
}
