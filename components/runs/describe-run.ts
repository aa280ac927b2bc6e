import type { RunLook } from "@/components/ui/run-state/run-look";
import { runLook } from "@/components/ui/run-state/run-look";
import type { Actor } from "@/server/runs/events";
import type { RunState, StepState } from "@/server/runs/state";

/** How a run looks: waiting when it runs and all that is alive waits for somebody. */
export function lookOfRun(run: RunState): RunLook {
	if (run.phase.status !== "running") return runLook(run.phase.status);
	const alive = Object.values(run.steps).map((step) => step.phase.status);
	const waits = alive.includes("waiting");
	return waits && !alive.some((status) => status === "retrying") && !Object.values(run.steps).some(isWork)
		? "waiting"
		: "running";
}

/** Pausing stops nothing that has begun: what runs goes on to its end. */
export function describePause({ steps }: RunState): string {
	const busy = Object.values(steps).filter((step) => isWork(step)).length;
	if (busy === 0) return "Paused: nothing starts until you resume";
	return `Paused: ${busy === 1 ? "1 running step finishes" : `${busy} running steps finish`} first, nothing new starts`;
}

/** Containers run as long as their bodies do: they do not count as work. */
function isWork(step: StepState): boolean {
	return step.phase.status === "running" && !step.iterations;
}

export function actorName(actor: Actor): string {
	return "name" in actor ? actor.name : "a shared link";
}

export function startOf(run: RunState): number | undefined {
	return "startedAt" in run.phase ? run.phase.startedAt : undefined;
}

export function endOf(run: RunState): number | undefined {
	return "endedAt" in run.phase ? run.phase.endedAt : undefined;
}
