"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Pin, PinOff, Square } from "lucide-react";
import { useEffect } from "react";
import { StepLogs } from "@/components/runs/logs/step-logs";
import { useTeamReader } from "@/components/runs/run-reader";
import { ErrorCard } from "@/components/runs/step/error-card";
import { DemoChip } from "@/components/runs/step/step-answer";
import { useRun, useRunState } from "@/components/runs/use-run";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ErrorRow } from "@/components/ui/error-row";
import { formatCost, formatCount } from "@/components/ui/format/format-number";
import { formatClock, formatDuration } from "@/components/ui/format/format-time";
import { useNow } from "@/components/ui/hooks/use-now";
import { runLook } from "@/components/ui/run-state/run-look";
import { StatusPill } from "@/components/ui/run-state/state-icon";
import { Skeleton } from "@/components/ui/skeleton";
import type { Json } from "@/server/plan/values/json";
import { isSameJson } from "@/server/plan/values/same-json";
import { isEnded, type RunState, type StepState, stepKey } from "@/server/runs/state";
import { useInspector } from "../inspector-context";
import type { StepTry } from "../inspector-ui";
import { useNodeId } from "../node-fields";
import { ValueBox } from "./last-values";
import { TryApproval } from "./try-approval";
import { usePinnedOutput } from "./use-pinned-output";

/** How the last try went, live while it is under way. */
export function TryResult({ attempt }: { attempt: StepTry }) {
	const { team, readAgain } = useInspector();
	const nodeId = useNodeId();
	const state = useRunState(useRun(team, attempt.runId));
	const reader = useTeamReader(team, attempt.runId);
	const step = state.steps[stepKey(nodeId, "")];
	const ended = isEnded(state.phase.status);
	useEffect(() => {
		if (ended) readAgain();
	}, [ended, readAgain]);
	return (
		<section aria-label="Last try" className="-mx-4 mt-4 border-line border-t">
			<ResultHead state={state} step={step} attempt={attempt} />
			{step?.phase.status === "waiting" && step.phase.wait.for === "approval" && (
				<TryApproval key={step.phase.wait.question} runId={attempt.runId} step={step} wait={step.phase.wait} />
			)}
			<ResultError state={state} step={step} />
			{ended && step?.phase.status === "completed" && <Output runId={attempt.runId} />}
			{step && (
				<div className="mx-4 mt-2">
					<h3 className="flex h-8 items-center font-medium text-12 text-ink-2">Log</h3>
					<div className="flex h-44 flex-col overflow-hidden rounded-2 border border-line">
						<StepLogs reader={reader} step={step} />
					</div>
				</div>
			)}
		</section>
	);
}

interface ResultProps {
	state: RunState;
	step: StepState | undefined;
}

function ResultHead({ state, step, attempt }: ResultProps & { attempt: StepTry }) {
	const { team } = useInspector();
	const trpc = useTRPC();
	const cancel = useMutation(trpc.runs.cancel.mutationOptions());
	const { phase, tokens, costUsd } = state;
	const ended = isEnded(phase.status);
	const now = useNow(ended ? 60_000 : 200);
	const startedAt = step?.startedAt;
	const endedAt = "endedAt" in phase ? phase.endedAt : now;
	if (state.seq === 0) return <Skeleton className="mx-4 my-3 w-40" />;
	// A step that branches on its failure has failed, although the run around it has completed.
	const isOfStep = step !== undefined && (!ended || "error" in step.phase);
	const look = runLook(isOfStep ? step.phase.status : phase.status);
	return (
		<div className="flex h-10 items-center gap-2.5 px-4 text-12 text-ink-2 tabular-nums">
			<b className="text-13 text-ink">Last try</b>
			<StatusPill state={look} />
			{startedAt !== undefined && <span>{formatDuration(endedAt - startedAt)}</span>}
			{tokens > 0 && <span>{formatCount(tokens)} tokens</span>}
			{costUsd > 0 && <span>{formatCost(costUsd)}</span>}
			{step?.usage.some(({ provider }) => provider === "demo") && <DemoChip />}
			<span className="ml-auto flex items-center gap-1 text-ink-3">
				{ended ? (
					formatClock(attempt.startedAt)
				) : (
					<Button intent="ghost" busy={cancel.isPending} onClick={() => cancel.mutate({ team, runId: attempt.runId })}>
						<Square />
						Cancel
					</Button>
				)}
			</span>
		</div>
	);
}

function ResultError({ state, step }: ResultProps) {
	if (step && "error" in step.phase) return <ErrorCard error={step.phase.error} />;
	if (state.phase.status === "failed") return <ErrorCard error={state.phase.error} />;
	return null;
}

function Output({ runId }: { runId: string }) {
	const { team } = useInspector();
	const nodeId = useNodeId();
	const trpc = useTRPC();
	const read = useQuery(trpc.runs.step.queryOptions({ team, runId, nodeId, iteration: "" }));
	if (read.error && !read.data)
		return (
			<ErrorRow onRetry={() => void read.refetch()} busy={read.isFetching}>
				{errorText(read.error)}
			</ErrorRow>
		);
	if (!read.data) return <Skeleton className="mx-4 my-2 w-40" />;
	const output = read.data.output ?? null;
	return (
		<div className="mx-4">
			<h3 className="flex h-8 items-center font-medium text-12 text-ink-2">
				Output
				<PinButton output={output} />
			</h3>
			<ValueBox value={output} truncated={false} />
		</div>
	);
}

/** Whether this output is the one that is pinned to the step; pins it, or lets it go. */
function PinButton({ output }: { output: Json }) {
	const { pins } = useInspector();
	const { pin, unpin, isBusy } = usePinnedOutput();
	const nodeId = useNodeId();
	if (!Object.hasOwn(pins, nodeId) || !isSameJson(pins[nodeId], output)) {
		return (
			<Button intent="ghost" className="-mr-2.5 ml-auto" busy={isBusy} onClick={() => pin(output)}>
				<Pin />
				Pin as output
			</Button>
		);
	}
	return (
		<>
			<Chip className="ml-2">
				<Pin />
				pinned
			</Chip>
			<Button intent="ghost" className="-mr-2.5 ml-auto" busy={isBusy} onClick={unpin}>
				<PinOff />
				Unpin
			</Button>
		</>
	);
}
