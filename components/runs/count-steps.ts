import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import { toColumns } from "@/components/canvas/drawing/place-nodes";
import type { RunView } from "@/components/canvas/run/view-run";
import { ENDED_LOOKS, lookOf, type StepLook } from "@/components/canvas/run/view-step";
import { bodyOf } from "@/server/plan/graph/index-plan";
import { type RunState, type StepState, stepKey } from "@/server/runs/state";

export interface StepCount {
	/** Those that were begun and are over. */
	ran: number;
	/** Those on branches that were not taken. */
	skipped: number;
	total: number;
	/** One each, in the order of the plan: the little bar beside the number. */
	looks: StepLook[];
}

/** Steps of the top level, as lists of runs count them: a container is one, however often its body runs. */
export function countSteps(drawing: Pick<Drawing, "graph">, view: Pick<RunView, "steps">, run: RunState): StepCount {
	const nodes = bodyOf(drawing.graph);
	const stepOf = (id: string) => run.steps[stepKey(id, "")];
	const inOrder = toColumns(
		nodes,
		nodes.flatMap(({ outgoing }) => outgoing),
	).flat();
	return {
		ran: nodes.filter(({ id }) => hasRun(stepOf(id))).length,
		skipped: nodes.filter(({ id }) => isSkipped(stepOf(id))).length,
		total: nodes.length,
		looks: inOrder.map(({ id }) => lookInBar(view.steps[id]?.look, stepOf(id))),
	};
}

/** A step that the run never came to looks skipped in the end, but it was not done. */
function lookInBar(look: StepLook = "pending", step: StepState | undefined): StepLook {
	return look === "skipped" && !isSkipped(step) ? "pending" : look;
}

function isSkipped(step: StepState | undefined): boolean {
	return step?.phase.status === "skipped";
}

function hasRun(step: StepState | undefined): boolean {
	return (
		step !== undefined && lookOf(step.phase.status) !== "skipped" && ENDED_LOOKS.includes(lookOf(step.phase.status))
	);
}
