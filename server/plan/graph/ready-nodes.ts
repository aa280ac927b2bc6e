import type { NodeId } from "../plan";
import { BodyWalk, type Outcomes, type Progress } from "./body-walk";
import type { PlanIndex } from "./index-plan";

/**
 * What may run next, given how nodes ended so far: the one place that decides the order of a run.
 * Pure, and the order of `outcomes` does not matter. `ready` holds every node that may run and has no outcome yet,
 * so also those already running; `skipped` those that `outcomes` does not know yet.
 *
 * A node is decided when all its incoming connections are. It runs if at least one is taken (`join: any`: as soon
 * as one is), else it is skipped and takes no exit, so that skipping cascades. `parent` names the container whose
 * body is walked; `outcomes` are then those of one iteration. `BodyWalk` gives the same answers step by step.
 */
export function readyNodes(index: PlanIndex, outcomes: Outcomes, parent?: NodeId): Progress {
	const { ready, skipped, verdict } = new BodyWalk(index, parent, outcomes).takeProgress();
	return { ready, skipped: skipped.filter((id) => !outcomes.has(id)), verdict };
}
