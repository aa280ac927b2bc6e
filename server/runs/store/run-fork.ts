import type { JsonObject } from "@/server/plan/values/json";
import type { Iteration } from "../events";

/** The turn of a step of another run from which a run goes on. */
export interface RunFork {
	runId: string;
	/** Of that run. */
	number: number;
	nodeId: string;
	iteration: Iteration;
	turn: number;
	/** Fields of the step's config that hold other values, resolved; null for one that is left out. */
	changes: JsonObject;
}
