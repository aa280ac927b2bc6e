import type { NodeId } from "@/server/plan/plan";
import type { Iteration } from "@/server/runs/events";
import type { RecordBuffer } from "./record-buffer";
import type { RunContext, StepPlace } from "./run-context";
import type { RunRecords } from "./run-records";
import type { StepCall } from "./step/with-claim";
import type { StepServices } from "./step-services";
import type { Waits } from "./waits";
import type { WorkCounter } from "./work-counter";

/** One walk over a run's plan, which resumes from the run's records. */
export interface Walk {
	services: StepServices;
	run: RunContext;
	records: RunRecords;
	buffer: RecordBuffer;
	waits: Waits;
	/** Walks a nested body. Injected, because bodies and containers walk each other: an import would be a cycle. */
	walkBody(body: Body): Promise<"completed" | "failed">;
}

/** A body to walk: the plan's own, or one iteration of a container. */
export interface Body {
	parent?: NodeId;
	iteration: Iteration;
	/** Recorded with the first step of the body. */
	begins?: StepCall["begins"];
	around: WorkCounter;
}

/** A node to walk, within its body. */
export interface NodeVisit extends StepPlace {
	begins?: StepCall["begins"];
	counter: WorkCounter;
}
