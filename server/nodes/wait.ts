import type { z } from "zod";
import type { NodeDefinition } from "../plan/node-definition";
import type { JsonObject } from "../plan/values/json";
import type { RunEventData, StepError } from "../runs/events";

/** A step that waits, without a worker: what for, and how it ends. Both may be asked again after a crash. */
export interface Wait<Definition extends NodeDefinition> {
	/** `time`: when the time comes that it began with. `decision`: when somebody decides, or at that time if there is one. */
	endsBy: "time" | "decision";
	/**
	 * What it waits for, as it is recorded and shown. Throws `FatalError` where it cannot: the step has failed.
	 * @param config resolved and parsed
	 * @param now milliseconds since the epoch
	 */
	begin(config: z.infer<Definition["config"]>, now: number): RunEventData<"step.waiting">;
	/**
	 * How it ends, asked when the run is woken; undefined while it goes on waiting.
	 * @param config as stored, references and all
	 */
	resume(config: JsonObject, woken: Woken): WaitEnd<z.infer<Definition["output"]>> | undefined;
}

export interface Woken {
	/** Null while nobody has decided; `at` as an ISO date. */
	decision: (RunEventData<"step.decided"> & { at: string }) | null;
	/** Whether the time has come that it began with. */
	isOver: boolean;
	now: Date;
}

/** The port follows from the output, by the definition's `portOf`. */
export type WaitEnd<Output> = { output: Output } | { error: StepError };
