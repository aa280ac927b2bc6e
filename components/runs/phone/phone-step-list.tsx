"use client";

import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import { describeStep } from "@/components/canvas/run/describe-step";
import { describeIterations, firstNameOf, type StepView } from "@/components/canvas/run/view-step";
import { formatClock } from "@/components/ui/format/format-time";
import { useIsAlive } from "@/components/ui/hooks/use-is-alive";
import { LiveDuration } from "@/components/ui/live-duration";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { type StepState, stepKey } from "@/server/runs/state";
import { CommentCount } from "../comments/comment-count";
import { plainText } from "../logs/ansi";
import { useLog } from "../logs/use-log";
import type { RunScreen } from "../use-run-screen";
import { firstRows } from "./first-rows";
import { PhoneRowLine } from "./phone-row-line";
import { type PhoneRow, phoneRows } from "./phone-rows";

/** A run as a list along one line: rows of 44, badges of 20. */
export function PhoneStepList({ screen }: { screen: RunScreen<StillDrawing> }) {
	const rows = firstRows(phoneRows(screen.drawing.graph, screen.view), useIsAlive());
	return (
		<ol className="px-4 py-1">
			{rows.map((row, index) => (
				<PhoneStep key={row.id} screen={screen} row={row} isFirst={index === 0} />
			))}
		</ol>
	);
}

interface PhoneStepProps {
	screen: RunScreen<StillDrawing>;
	row: PhoneRow;
	isFirst: boolean;
}

function PhoneStep({ screen, row, isFirst }: PhoneStepProps) {
	const nodeLayout = screen.drawing.layout.nodes.get(row.id);
	const step = screen.state.steps[stepKey(row.id, row.view.iteration)];
	const label = nodeLayout && screen.view.steps[nodeLayout.level]?.pages?.label;
	const isIdle = row.view.look === "pending" || row.view.look === "skipped";
	return (
		<PhoneRowLine
			row={row}
			isFirst={isFirst}
			said={nodeLayout ? describeStep(nodeLayout.look, row.view) : row.name}
			icon={
				<span aria-hidden="true" className="z-10 mx-0.5 rounded-full bg-panel">
					<StateIcon state={row.view.look === "pending" ? "queued" : row.view.look} label="" className="size-5" />
				</span>
			}
			title={row.name}
			titleClassName={isIdle ? "text-ink-3" : undefined}
			detail={label}
			end={
				<span className="flex items-center gap-2 text-12 text-ink-2 tabular-nums">
					<CommentCount count={screen.parts?.commentCounts[row.id] ?? 0} />
					<EndText view={row.view} step={step} />
				</span>
			}
			onOpen={() => screen.select(row.id, row.view.iteration)}
		>
			{screen.shows.logs && step?.phase.status === "running" && step.lastLogSeq > 0 && !step.iterations && (
				<Tail screen={screen} step={step} />
			)}
		</PhoneRowLine>
	);
}

function EndText({ view, step }: { view: StepView; step: StepState | undefined }) {
	if (view.pages) return describeIterations(view.pages);
	if (view.look === "skipped" || view.look === "waiting") return view.text;
	const lead = step?.decision ? firstNameOf(step.decision.actor) : attemptText(step);
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
function Tail({ screen, step }: { screen: RunScreen<StillDrawing>; step: StepState }) {
	const log = useLog(screen.reader, step, { to: step.lastLogSeq });
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
