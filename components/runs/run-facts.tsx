"use client";

import type { ReactNode } from "react";
import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import { formatCost, formatCount } from "@/components/ui/format/format-number";
import { LiveDuration } from "@/components/ui/live-duration";
import { LocalClock } from "@/components/ui/local-clock";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { Skeleton } from "@/components/ui/skeleton";
import { isEnded } from "@/server/runs/state";
import { countSteps } from "./count-steps";
import { actorName, describePause, endOf, startOf } from "./describe-run";
import { describeStepCount } from "./describe-step-count";
import { findStepToShow } from "./step/find-step-to-show";
import { StepsBar } from "./timeline/steps-bar";
import type { RunScreen } from "./use-run-screen";

/** What one wants to know of a run at a glance. */
export function RunFacts({ screen }: { screen: RunScreen<StillDrawing> }) {
	const { run, state } = screen;
	const steps = countSteps(screen.drawing, screen.view, state);
	const started = startOf(state);
	return (
		<div className="col-span-full flex min-w-0 items-center gap-4 whitespace-nowrap border-line border-b bg-panel px-4 text-12">
			<section
				aria-label="Facts of the run"
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what does not fit a narrow screen is scrolled to by key as well
				tabIndex={0}
				className="flex h-full min-w-0 flex-1 items-center gap-5 overflow-x-auto -outline-offset-2 [scrollbar-width:none] max-lg:gap-3.5"
			>
				<Fact>
					<NodeIcon name={screen.cause.icon} className="size-3.5 stroke-2 text-ink-3" />
					<span className="max-lg:sr-only">{screen.cause.name}</span>
				</Fact>
				<Fact>
					{run.actor.kind === "user" && <Avatar name={run.actor.name} size="small" />}
					<span className="text-ink-3">by</span>
					{actorName(run.actor)}
				</Fact>
				{started !== undefined && (
					<Fact name="Started">
						<LocalClock at={started} />
					</Fact>
				)}
				{started !== undefined && (
					<Fact name="Duration">
						<LiveDuration from={started} to={endOf(state)} />
					</Fact>
				)}
				<Fact name="Steps">
					{screen.isCatchingUp ? (
						<Skeleton className="w-16" />
					) : (
						<>
							<span title="A container counts as one step.">
								{describeStepCount(steps, isEnded(state.phase.status))}
							</span>
							<span className="max-lg:hidden">
								<StepsBar looks={steps.looks} />
							</span>
						</>
					)}
				</Fact>
				{(state.costUsd > 0 || run.budgetUsd !== null) && (
					<Fact name="Cost">
						{formatCost(state.costUsd)}
						{run.budgetUsd !== null && <span className="font-normal text-ink-3">of {formatCost(run.budgetUsd)}</span>}
					</Fact>
				)}
				{state.tokens > 0 && <Fact name="Tokens">{formatCount(state.tokens)}</Fact>}
				{state.ownCredentials && (
					<Fact name="Own credentials">
						<span title={`They belong to ${actorName(run.actor)}, and are there in nobody else’s runs.`}>
							{state.ownCredentials.join(", ")}
						</span>
					</Fact>
				)}
				<Fact name="Version">{run.version === null ? "draft" : `v${run.version}`}</Fact>
			</section>
			<span className="flex min-w-0 max-w-1/2 flex-none">
				<ConnectionState screen={screen} />
			</span>
		</div>
	);
}

function Fact({ name, children }: { name?: string; children: ReactNode }) {
	return (
		<span className="inline-flex flex-none items-center gap-1.5 tabular-nums">
			{name && <span className="text-ink-3">{name}</span>}
			<span className={cn("inline-flex items-center gap-1.5", name && "font-medium")}>{children}</span>
		</span>
	);
}

/** Whether what is shown is what is: live, catching up, or over. */
export function ConnectionState({ screen }: { screen: RunScreen<StillDrawing> }) {
	const { state, connection, isCatchingUp } = screen;
	if (screen.film.at !== null) return <Dot text="text-ink-2">Looking back</Dot>;
	if (isCatchingUp && isEnded(state.phase.status)) return <CatchingUp connection={connection} />;
	if (state.phase.status === "failed") return <StoppedAt screen={screen} />;
	if (isEnded(state.phase.status)) return <Dot text="text-ink-2">Ended</Dot>;
	if (state.phase.status === "paused") return <Dot text="text-paused">{describePause(state)}</Dot>;
	if (connection === "live") return <Dot text="text-completed">Live</Dot>;
	if (connection === "crowded") {
		return (
			<Dot text="text-ink-2">
				<span title="So many people are watching that this page looks for news every few seconds.">
					Many people are watching, updated every few seconds
				</span>
			</Dot>
		);
	}
	return (
		<Dot text="text-retrying" pulses>
			{connection === "connecting" ? "Connecting" : "Reconnecting"}
		</Dot>
	);
}

/** The run is over, and its steps are still on their way. */
function CatchingUp({ connection }: Pick<RunScreen, "connection">) {
	return (
		<Dot text="text-ink-2" pulses>
			{connection === "reconnecting" ? "Reconnecting" : "Loading steps"}
		</Dot>
	);
}

function Dot({ text, pulses, children }: { text: string; pulses?: boolean; children: ReactNode }) {
	return (
		<span role="status" className={cn("inline-flex items-center gap-1.5", text)}>
			<span aria-hidden="true" className={cn("size-1.5 rounded-full bg-current", pulses && "animate-glow")} />
			{children}
		</span>
	);
}

function StoppedAt({ screen }: { screen: RunScreen<StillDrawing> }) {
	const step = findStepToShow(screen.state, false);
	const nodeLayout = step && screen.drawing.layout.nodes.get(step.nodeId);
	const item = nodeLayout && screen.view.steps[nodeLayout.level]?.pages?.label;
	const name = [nodeLayout?.look.title, item].filter(Boolean).join(", ");
	return (
		<span className="inline-flex min-w-0 items-center gap-1.5 text-failed">
			<StateIcon state="failed" label="" className="size-3.5" />
			<span className="truncate">{name ? `Stopped at ${name}` : "Failed"}</span>
		</span>
	);
}
