import type { Iteration } from "./events";

/** One execution of a node: of a run, and, inside containers, of one iteration. */
export interface StepRef {
	runId: string;
	nodeId: string;
	iteration: Iteration;
}
