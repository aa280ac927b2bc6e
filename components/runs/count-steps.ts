import type { Drawing } from "@/components/canvas/draw-plan";
import { childrenOf } from "@/components/canvas/plan-graph";
import type { RunView } from "@/components/canvas/view-run";
import { ENDED_LOOKS, type StepLook } from "@/components/canvas/view-step";

export interface StepCount {
	done: number;
	total: number;
	/** One each, ended ones first: the little bar beside the number. */
	looks: StepLook[];
}

/** Steps of the top level, as lists of runs count them: a container is one, however often its body runs. */
export function countSteps(drawing: Drawing, view: RunView): StepCount {
	const looks = childrenOf(drawing.graph, "").map((node) => view.steps[node.id]?.look ?? "pending");
	const rank = (look: StepLook) => (look === "pending" ? 2 : ENDED_LOOKS.includes(look) ? 0 : 1);
	return {
		done: looks.filter((look) => ENDED_LOOKS.includes(look)).length,
		total: looks.length,
		looks: [...looks].sort((a, b) => rank(a) - rank(b)),
	};
}
