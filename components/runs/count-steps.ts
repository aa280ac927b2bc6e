import type { Drawing } from "@/components/canvas/draw-plan";
import { childrenOf } from "@/components/canvas/plan-graph";
import type { RunView } from "@/components/canvas/view-run";
import { ENDED_LOOKS, lookOf, type StepLook } from "@/components/canvas/view-step";
import { type RunState, type StepState, stepKey } from "@/server/runs/state";

export interface StepCount {
	done: number;
	total: number;
	/** One each, ended ones first: the little bar beside the number. */
	looks: StepLook[];
}

/** Steps of the top level, as lists of runs count them: a container is one, however often its body runs. */
export function countSteps(drawing: Drawing, view: RunView, run: RunState): StepCount {
	const nodes = childrenOf(drawing.graph, "");
	const looks = nodes.map((node) => view.steps[node.id]?.look ?? "pending");
	const rank = (look: StepLook) => (look === "pending" ? 2 : ENDED_LOOKS.includes(look) ? 0 : 1);
	return {
		done: nodes.filter((node) => isOver(run.steps[stepKey(node.id, "")])).length,
		total: looks.length,
		looks: [...looks].sort((a, b) => rank(a) - rank(b)),
	};
}

/** A step that the run never came to looks skipped in the end, but it was not done. */
function isOver(step: StepState | undefined): boolean {
	return step !== undefined && ENDED_LOOKS.includes(lookOf(step.phase.status));
}
