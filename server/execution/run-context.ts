import type { PlanIndex } from "@/server/plan/graph/index-plan";
import type { Plan } from "@/server/plan/plan";
import type { Iteration } from "@/server/runs/events";
import type { PinnedScope } from "@/server/runs/store/pinned-scope";
import type { RunRow } from "@/server/runs/store/run-row";

/** What never changes in a run: its plan, who started it, and its input. */
export interface RunContext extends Omit<RunRow, "planHash"> {
	/**
	 * In a try: the recorded outputs and container values of the steps that are not in its plan. In a test of the draft: the
	 * pinned outputs, whose steps do not run. Null in any other run.
	 */
	pinned: PinnedScope | null;
	/** Names of the secrets whose values `pinned` may contain. */
	pinnedSecrets: readonly string[];
	/** Those values, as they were when the outputs were recorded. */
	pinnedValues: readonly string[];
	plan: Plan;
	index: PlanIndex;
}

export interface StepPlace {
	nodeId: string;
	iteration: Iteration;
}
