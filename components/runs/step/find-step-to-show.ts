import type { RunState, StepState } from "@/server/runs/state";

/** The step that a run opens on: the one that failed it, or the one that waits for this person. */
export function findStepToShow(run: RunState, canDecide: boolean): StepState | undefined {
	const steps = Object.values(run.steps);
	if (run.phase.status === "failed" || run.phase.status === "timed_out") return innermost(steps.filter(hasFailed));
	if (!canDecide || run.phase.status !== "running") return undefined;
	return steps.find((step) => step.phase.status === "waiting" && step.phase.wait.for === "approval");
}

function hasFailed(step: StepState): boolean {
	return step.phase.status === "failed" || step.phase.status === "timed_out";
}

/** A container fails because of a step inside it: that one tells more. Of several, the last. */
function innermost(steps: readonly StepState[]): StepState | undefined {
	const depth = (step: StepState) => (step.iteration === "" ? 0 : step.iteration.split(".").length);
	const end = (step: StepState) => ("endedAt" in step.phase ? step.phase.endedAt : 0);
	return [...steps].sort((a, b) => depth(b) - depth(a) || end(b) - end(a))[0];
}
