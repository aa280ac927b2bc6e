import { lookOf } from "@/components/canvas/run/view-step";
import { formatClock } from "@/components/ui/format/format-time";
import { LiveDuration } from "@/components/ui/live-duration";
import type { RunLook } from "@/components/ui/run-state/run-look";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import type { Attempt, StepState } from "@/server/runs/state";

/** The attempts of a step, the latest first, with what went wrong. */
export function StepAttempts({ step }: { step: StepState }) {
	return (
		<ol className="pb-1">
			{[...step.attempts].reverse().map((attempt) => (
				<li
					key={attempt.number}
					className="grid grid-cols-[16px_1fr_auto] gap-x-2 gap-y-0.5 border-line-soft px-4 py-1.5 text-12 [&+li]:border-t"
				>
					<StateIcon state={lookOfAttempt(step, attempt)} />
					<span>Attempt {attempt.number}</span>
					<span className="text-ink-3 tabular-nums">
						{formatClock(attempt.startedAt)} · <LiveDuration from={attempt.startedAt} to={attempt.endedAt} />
					</span>
					{attempt.error && (
						<span className="col-span-2 col-start-2 break-words font-mono text-11 text-failed">
							{attempt.error.message}
						</span>
					)}
				</li>
			))}
		</ol>
	);
}

function lookOfAttempt(step: StepState, attempt: Attempt): RunLook {
	if (attempt.error) return "failed";
	const look = lookOf(step.phase.status);
	return look === "pending" || look === "retrying" ? "running" : look;
}
