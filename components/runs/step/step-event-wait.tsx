"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { useTRPC } from "@/components/trpc/client";
import { formatMoment } from "@/components/ui/format/format-time";
import type { RunEventData } from "@/server/runs/events";
import type { StepState } from "@/server/runs/state";
import type { TeamRunScreen } from "../use-run-screen";

interface StepEventWaitProps {
	screen: TeamRunScreen;
	step: StepState;
	wait: Extract<RunEventData<"step.waiting">, { for: "event" }>;
}

/** Events pass while the page is open. */
const REFRESH_MS = 5_000;

/** What a step waits for, and whether what has come meanwhile was something else. */
export function StepEventWait({ screen, step, wait }: StepEventWaitProps) {
	const { nodeId, iteration } = step;
	const at = { team: screen.team, runId: screen.run.id, nodeId, iteration };
	const { data } = useQuery(useTRPC().runs.eventWait.queryOptions(at, { staleTime: 0, refetchInterval: REFRESH_MS }));
	return (
		<section aria-label="Awaited event" className="grid gap-1.5 px-4 pb-3 text-12">
			<p className="text-ink-2">
				Waits for <span className="font-mono text-11">{wait.name}</span>
				{wait.until !== undefined && `, until ${formatMoment(wait.until)} at most`}.
			</p>
			{wait.match !== undefined && (
				<p className="break-words text-ink-3">
					Only when <span className="font-mono text-11">{wait.match}</span>
				</p>
			)}
			{data && data.passed > 0 && (
				<p className="text-ink-3">
					{data.passed === 1 ? "One event of the name has" : `${data.passed} events of the name have`} come meanwhile
					that the condition did not let through.
				</p>
			)}
			{data?.problem && (
				<p role="alert" className="flex gap-1.5 text-retrying">
					<CircleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" />
					<span className="min-w-0 break-words">
						The condition could not be worked out for an event that came. {data.problem} It goes on waiting: send an
						event that the condition can read, or cancel the run and change the condition.
					</span>
				</p>
			)}
		</section>
	);
}
