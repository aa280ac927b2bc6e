import type { z } from "zod";
import type { NodeDefinition } from "../plan/node-definition";
import type { Json, JsonObject } from "../plan/values/json";
import type { StepError } from "../runs/events";

/** A container that runs its body once for each item; its definition's `body` says `items`, too. */
export interface ItemsContainer<Definition extends NodeDefinition> {
	runs: "items";
	/**
	 * Recorded before the first item begins, so that all of them see the same. Throws `FatalError`: the step has failed.
	 * @param config resolved and parsed
	 */
	open(config: z.infer<Definition["config"]>): OpenedItems;
	/** The CEL expression that is evaluated after each item that did not fail. Once it is true no more begin. */
	stopWhen(config: JsonObject): string | undefined;
	finish(ended: EndedItems): ContainerEnd<z.infer<Definition["output"]>>;
}

export interface OpenedItems {
	items: Json[];
	/** How many run at once, in the order of their start. */
	parallel: number;
	/** `stop`: no more items begin after one that failed. */
	onItemFailure: "stop" | "continue";
	/** `own`: each item works in a directory of its own. */
	workspace: "shared" | "own";
}

export interface EndedItems extends Pick<OpenedItems, "items" | "onItemFailure"> {
	/** Of those that began, the first so many of `items`; a result is that of the last step in the body. */
	ends: readonly ({ result: Json } | { error: string })[];
	/** The stop condition became true. */
	stopped: boolean;
	/** The first item after which the stop condition could not be evaluated. */
	undecided: { index: number; error: string } | undefined;
}

/** A container that runs its body again and again, one iteration after the other; its definition says `rounds`, too. */
export interface RoundsContainer<Definition extends NodeDefinition> {
	runs: "rounds";
	/**
	 * The variables of the first iteration, and how many run at most. Throws `FatalError`: the step has failed.
	 * @param config resolved and parsed
	 */
	open(config: z.infer<Definition["config"]>): OpenedRounds;
	/** The CEL expression that is evaluated after each iteration: once it is true it was the last. */
	stopWhen(config: JsonObject): string | undefined;
	/** New values of variables, evaluated after each iteration from texts with references to its steps. */
	next(config: JsonObject): JsonObject;
	finish(config: JsonObject, ended: EndedRounds): ContainerEnd<z.infer<Definition["output"]>>;
}

export interface OpenedRounds {
	vars: JsonObject;
	limit: number;
}

export interface EndedRounds {
	/** How many iterations ran. */
	ran: number;
	/** The stop condition became true. */
	reached: boolean;
	/** Why it ended before its time: an iteration failed, or the condition could not be evaluated. */
	problem: string | undefined;
	/** The variables as they are after the last iteration. */
	vars: JsonObject;
	/** The steps of the last iteration by id. */
	last: Record<string, { output: Json }>;
}

/** The port follows from the output, by the definition's `portOf`. A failed container leaves its output beside the error. */
export type ContainerEnd<Output = Json> = { output: Output } | { error: StepError; output: Output };
