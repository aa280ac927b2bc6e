import type { PlanIndex } from "@/server/plan/graph/plan-graph";
import type { Plan } from "@/server/plan/plan";
import type { Iteration } from "@/server/runs/events";
import type { RunRow } from "@/server/runs/store/run-row";
import type { PinnedScope } from "@/server/runs/try/pinned-scope";

/** What never changes in a run: its plan, who started it, and its input. */
export interface RunContext extends Omit<RunRow, "planHash"> {
	/**
	 * A try: what stands in the place of the steps and containers that are not in its plan. A test of the draft: the
	 * outputs of the steps that do not run because they are pinned.
	 */
	pinned: PinnedScope | null;
	/** Secrets whose values may stand in what is pinned. */
	pinnedSecrets: readonly string[];
	/** Such values, as they were when that was recorded. */
	pinnedValues: readonly string[];
	plan: Plan;
	index: PlanIndex;
}

export interface StepPlace {
	nodeId: string;
	iteration: Iteration;
}
