import type { RunLook } from "@/components/ui/run-look";
import { runLook } from "@/components/ui/run-look";
import type { Actor } from "@/server/runs/events";
import type { RunState } from "@/server/runs/state";

/** How a run looks: waiting when it runs and all that is alive waits for somebody. */
export function lookOfRun(run: RunState): RunLook {
	if (run.phase.status !== "running") return runLook(run.phase.status);
	const alive = Object.values(run.steps).map((step) => step.phase.status);
	const waits = alive.includes("waiting");
	return waits && !alive.some((status) => status === "retrying") && !hasWork(run) ? "waiting" : "running";
}

/** Containers run as long as their bodies do: they do not count as work. */
function hasWork(run: RunState): boolean {
	return Object.values(run.steps).some((step) => step.phase.status === "running" && !step.iterations);
}

export function actorName(actor: Actor): string {
	return "name" in actor ? actor.name : "a shared link";
}

/** What started a run, in words. */
export function triggerName(trigger: string): string {
	return trigger === "manual" ? "By hand" : trigger;
}

export function startOf(run: RunState): number | undefined {
	return "startedAt" in run.phase ? run.phase.startedAt : undefined;
}

export function endOf(run: RunState): number | undefined {
	return "endedAt" in run.phase ? run.phase.endedAt : undefined;
}
