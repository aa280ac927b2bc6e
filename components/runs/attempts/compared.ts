import type { PlanNode } from "@/server/plan/plan";
import type { StepState } from "@/server/runs/state";

/** A step that compares several attempts, and where it is. */
export interface Compared {
	node: PlanNode;
	iteration: string;
	/** Undefined until it has begun. */
	step: StepState | undefined;
	wide: Wide;
}

/** Whether they stand side by side over the whole page. */
export interface Wide {
	isWide: boolean;
	setWide: (isWide: boolean) => void;
}
