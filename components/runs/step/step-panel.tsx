"use client";

import { ChevronLeft, ChevronRight, Pin, X } from "lucide-react";
import { Fragment, useState } from "react";
import type { NodeLayout } from "@/components/canvas/drawing/lay-out-plan";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { describeIterations, type StepView } from "@/components/canvas/run/view-step";
import { Chip } from "@/components/ui/chip";
import { formatDuration } from "@/components/ui/format/format-time";
import { IconButton } from "@/components/ui/icon-button";
import { LiveDuration } from "@/components/ui/live-duration";
import { PanelHead } from "@/components/ui/panel-head";
import { PanelSection } from "@/components/ui/panel-section";
import { StatusPill } from "@/components/ui/run-state/state-icon";
import { definitionOf } from "@/server/nodes/catalog";
import { type StepState, stepKey } from "@/server/runs/state";
import { Attempts } from "../attempts/attempts";
import { StepFiles } from "../files/run-files";
import { StepLogs } from "../logs/step-logs";
import type { RunScreen } from "../use-run-screen";
import { AgentResult } from "./agent-found";
import { ErrorCard } from "./error-card";
import { IterationList } from "./iteration-list";
import { DemoChip, StepAnswer, UsageLine } from "./step-answer";
import { StepAttempts } from "./step-attempts";
import { approvalOf, StepDecision } from "./step-decision";
import { StepTurns } from "./step-turns";
import { StepValues } from "./step-values";
import { StreamedTurn } from "./streamed-turn";

interface StepPanelProps {
	screen: RunScreen;
	selected: NonNullable<RunScreen["selected"]>;
}

/** Everything about the chosen step in the iteration that is shown. */
export function StepPanel({ screen, selected }: StepPanelProps) {
	const { shows } = screen;
	const nodeLayout = screen.drawing.layout.nodes.get(selected.id);
	const step = screen.state.steps[stepKey(selected.id, selected.view.iteration)];
	if (!nodeLayout) return null;
	return (
		<div className="flex h-full min-h-0 flex-col overflow-y-auto">
			<StepHead screen={screen} nodeLayout={nodeLayout} />
			<StepStatus
				nodeLayout={nodeLayout}
				view={selected.view}
				step={step}
				pinned={screen.run.pinned.includes(selected.id)}
			/>
			{shows.outputs && definitionOf(nodeLayout.node.type)?.compares && (
				<ComparedAttempts screen={screen} nodeLayout={nodeLayout} view={selected.view} step={step} />
			)}
			{step && step.phase.status !== "not_reached" ? (
				<StepBody
					key={`body ${stepKey(step.nodeId, step.iteration)}`}
					screen={screen}
					nodeLayout={nodeLayout}
					step={step}
				/>
			) : (
				<p className="px-4 pb-3 text-12 text-ink-3">{explainNoStep(screen, selected.view)}</p>
			)}
			{screen.parts?.comments(selected.id)}
		</div>
	);
}

function explainNoStep({ isCatchingUp }: RunScreen, { look }: StepView): string {
	if (isCatchingUp) return "Loading this step…";
	return look === "skipped" ? "The run ended before this step." : "This step has not started.";
}

interface ComparedProps extends HeadProps {
	view: StepView;
	step: StepState | undefined;
}

/** What several agents made, also while they still work. */
function ComparedAttempts({ screen, nodeLayout: { node }, view, step }: ComparedProps) {
	// It stays open while what is asked is decided.
	const [isWide, setWide] = useState(false);
	const wide = { isWide, setWide };
	return (
		<Fragment key={stepKey(node.id, view.iteration)}>
			{screen.parts?.attempts({ node, iteration: view.iteration, step, wide }) ?? (
				<Attempts screen={screen} node={node} iteration={view.iteration} wide={wide} />
			)}
		</Fragment>
	);
}

interface HeadProps {
	screen: RunScreen;
	nodeLayout: NodeLayout;
}

function StepHead({ screen, nodeLayout }: HeadProps) {
	const pages = screen.view.steps[nodeLayout.level]?.pages;
	const caption = [nodeLayout.node.id, nodeLayout.look.type, pages?.label].filter(Boolean).join(" · ");
	return (
		<PanelHead
			icon={
				<span className="grid size-7 flex-none place-items-center rounded-2 bg-fill text-ink-2">
					<NodeIcon name={nodeLayout.look.icon} className="size-4" />
				</span>
			}
			title={nodeLayout.look.title}
			caption={caption}
		>
			{pages && pages.begun > 1 && (
				<span className="flex flex-none items-center font-medium text-11 text-ink-2 tabular-nums">
					<IconButton
						label="Previous iteration"
						size="panel"
						disabled={pages.shown === 0}
						onClick={() => screen.turn(nodeLayout.level, pages.shown - 1)}
					>
						<ChevronLeft className="size-3!" />
					</IconButton>
					{pages.shown + 1} / {pages.total ?? pages.begun}
					<IconButton
						label="Next iteration"
						size="panel"
						disabled={pages.shown >= pages.begun - 1}
						onClick={() => screen.turn(nodeLayout.level, pages.shown + 1)}
					>
						<ChevronRight className="size-3!" />
					</IconButton>
				</span>
			)}
			{screen.parts?.editStep(nodeLayout.node.id)}
			<IconButton label="Show the run" size="panel" onClick={() => screen.select(null)}>
				<X />
			</IconButton>
		</PanelHead>
	);
}

interface StatusProps {
	nodeLayout: NodeLayout;
	view: StepView;
	step: StepState | undefined;
	/** It ended with a pinned output. */
	pinned: boolean;
}

function StepStatus({ nodeLayout, view, step, pinned }: StatusProps) {
	const limit = nodeLayout.node.timeoutSeconds;
	const { type, config } = nodeLayout.node;
	const isDemo = step?.usage.some(({ provider }) => provider === "demo") || definitionOf(type)?.isDemo?.(config);
	return (
		<div className="flex flex-none items-center gap-2 px-4 pb-3 text-12">
			<StatusPill state={view.look === "pending" ? "queued" : view.look}>{explainNotReached(view, step)}</StatusPill>
			{step && step.attempts.length > 1 && <span className="text-ink-2 tabular-nums">{attemptText(step)}</span>}
			{isDemo && <DemoChip />}
			{pinned && (
				<Chip title="The step did not run: it ended with the output that is pinned to it in the editor">
					<Pin aria-hidden="true" />
					output pinned
				</Chip>
			)}
			{view.startedAt !== undefined && (
				<span className="ml-auto text-ink-3 tabular-nums">
					<LiveDuration from={view.startedAt} to={view.endedAt} />
					{limit !== undefined && ` of ${formatDuration(limit * 1_000)}`}
				</span>
			)}
		</div>
	);
}

/** In place of the word for its look; also of runs that ended before such steps were recorded. */
function explainNotReached({ look }: StepView, step: StepState | undefined): string | undefined {
	if (look === "pending") return "Not reached yet";
	return look === "skipped" && step?.phase.status !== "skipped" ? "Not reached" : undefined;
}

function attemptText({ attempts, maxAttempts, phase }: StepState): string {
	const number = attempts.at(-1)?.number ?? 1;
	return phase.status === "failed" ? `${number} of ${maxAttempts} attempts` : `attempt ${number} of ${maxAttempts}`;
}

interface BodyProps {
	screen: RunScreen;
	nodeLayout: NodeLayout;
	step: StepState;
}

/** Error, next actions, question, attempts, answer, input, output, log: in this order. */
function StepBody({ screen, nodeLayout, step }: BodyProps) {
	const { reader, shows, state, parts } = screen;
	const pages = screen.view.steps[nodeLayout.node.id]?.pages;
	const wait = approvalOf(step);
	const failed = step.phase.status === "failed" || step.phase.status === "timed_out";
	const definition = definitionOf(nodeLayout.node.type);
	const isAnswer = definition?.streamsAnswer === true;
	const isWait = definition?.kind === "wait";
	const isStreaming = step.phase.status === "running" && shows.outputs && screen.film.at === null;
	const context = { reader, step };
	return (
		<>
			{"error" in step.phase && step.phase.status !== "retrying" && <ErrorCard error={step.phase.error} />}
			{step.called && parts?.calledRun(step.called)}
			{parts?.prompt(nodeLayout.node.id)}
			{failed && state.phase.status === "failed" && parts?.failedActions(nodeLayout.node.id)}
			{wait &&
				wait.by !== "choice" &&
				(parts && screen.film.at === null ? (
					parts.approval(step, wait)
				) : (
					<p className="whitespace-pre-wrap px-4 pb-3">{wait.message || "The team is asked."}</p>
				))}
			{step.phase.status === "waiting" &&
				step.phase.wait.for === "event" &&
				screen.film.at === null &&
				parts?.eventWait(step, step.phase.wait)}
			{step.decision && !step.turns && <StepDecision decided={step.decision} />}
			{(step.attempts.length > 1 || failed) && step.attempts.length > 0 && (
				<PanelSection title="Attempts">
					<StepAttempts step={step} />
				</PanelSection>
			)}
			{step.turns && (step.phase.status === "completed" || failed) && shows.outputs && screen.film.at === null && (
				<AgentResult screen={screen} step={step} />
			)}
			{(step.turns || definition?.limits) && (
				<StepTurns
					step={step}
					limits={definition?.limits?.(nodeLayout.node.config)}
					showsText={shows.outputs}
					stream={isStreaming && <StreamedTurn {...context} />}
					fork={
						parts && definition?.forksTurns && screen.film.at === null ? (turn) => parts.fork(step, turn) : undefined
					}
				/>
			)}
			{isAnswer && shows.outputs && (
				<PanelSection title="Answer" end={step.usage.length > 0 && <UsageLine step={step} />}>
					<StepAnswer {...context} />
				</PanelSection>
			)}
			{step.comments.length > 0 && !parts && shows.outputs && (
				<PanelSection title="Comments">
					{step.comments.map((comment) => (
						<p key={comment.at} className="whitespace-pre-wrap break-words px-4 pb-2">
							{comment.text}
						</p>
					))}
				</PanelSection>
			)}
			<StepValues {...context} shows={shows} folded={failed || step.turns !== undefined} />
			<StepFiles screen={screen} step={step} />
			{nodeLayout.look.container ? (
				<PanelSection title="Iterations" fill end={pages && describeIterations(pages)}>
					<IterationList screen={screen} id={nodeLayout.node.id} />
				</PanelSection>
			) : (
				!isAnswer &&
				shows.logs &&
				(step.lastLogSeq > 0 || !(isWait || step.turns)) && (
					<PanelSection title="Logs" fill end={step.phase.status === "running" && "following"}>
						<StepLogs {...context} type={nodeLayout.node.type} />
					</PanelSection>
				)
			)}
		</>
	);
}
