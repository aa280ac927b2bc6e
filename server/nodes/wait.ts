import type { z } from "zod";
import type { NodeDefinition } from "../plan/node-definition";
import type { Json, JsonObject } from "../plan/values/json";
import type { RunEventData, StepError } from "../runs/events";
import type { RunStatus } from "../runs/state";

/** A step that waits, without a worker: what for, and how it ends. Both may be asked again after a crash. */
export interface Wait<Definition extends NodeDefinition> {
	/** `time`: when the time comes that it began with. `answer`: when it is answered, or at that time if there is one. */
	endsBy: "time" | "answer";
	/**
	 * What it waits for. Throws `FatalError` where it cannot: the step has failed.
	 * @param config resolved and parsed
	 * @param now milliseconds since the epoch
	 * @param recorded the config as it is recorded: secrets stand in it as references
	 */
	begin(config: z.infer<Definition["config"]>, now: number, recorded: JsonObject): WaitRequest;
	/**
	 * How it ends, asked when the run is woken; undefined while it goes on waiting.
	 * @param config as stored, references and all
	 */
	resume(config: JsonObject, woken: Woken): WaitEnd<z.infer<Definition["output"]>> | undefined;
}

/** A wait for a time or a person, as it is recorded and shown, or for a run that is to be started. */
export type WaitRequest =
	| Exclude<RunEventData<"step.waiting">, { for: "run" | "approval" | "event" }>
	| ApprovalRequest
	| CallRequest
	| EventRequest;

export type ApprovalRequest = Extract<RunEventData<"step.waiting">, { for: "approval" }> & {
	mail?: ApprovalMail;
	slack?: ApprovalMessage;
};

/** To whom a link is mailed that decides an approval. */
export interface ApprovalMail {
	to: readonly string[];
	/** Whether the link alone is enough; else the address has to be that of a member who may decide. */
	needsNoAccount: boolean;
}

/** Where it is asked in Slack. */
export interface ApprovalMessage {
	/** The name of a credential of the team. */
	credential: string;
	channel: string;
	/** Who may decide without being a member, by the ids that Slack knows them by. */
	people: readonly string[];
}

export interface CallRequest {
	for: "call";
	/** The slug of a workflow of the team. */
	workflow: string;
	/** The published one if it is left out. */
	version: number | undefined;
	/** The values of its form. */
	inputs: JsonObject;
	/** Whether the run ends with the step that waits for it. */
	isAwaited: boolean;
	/** Milliseconds since the epoch. */
	until?: number;
}

export interface EventRequest {
	for: "event";
	name: string;
	/** CEL over `event` and the values of the run; undefined for any event of the name. */
	match: string | undefined;
	/** Events of so many minutes before count as well. */
	lookBackMinutes: number;
	/** Milliseconds since the epoch. */
	until?: number;
}

/** What ends a wait before its time, as the step keeps it until its end is recorded. `at` as an ISO date. */
export type WaitAnswer =
	/** `question`: the one that was decided, of a step that asks more than once. */
	| ({ for: "approval"; at: string; question?: string } & RunEventData<"step.decided">)
	/** `problem`: why a run could not be started. */
	| { for: "run"; at: string; problem?: string }
	| { for: "event"; at: string; event: JsonObject }
	/** Nobody has answered in time what a step has asked while it worked. */
	| { for: "timeout"; at: string };

/** A run that a step has started. */
export interface CalledRun {
	runId: string;
	number: number;
	/** The workflow's name. */
	workflow: string;
	status: RunStatus;
	output: Json;
	error: StepError | null;
}

export interface Woken {
	/** What it waits for; null before that has come. */
	answer: WaitAnswer | null;
	/** The run that it has started; null for waits that start none. */
	called: CalledRun | null;
	/** Whether the time has come that it began with. */
	isOver: boolean;
	now: Date;
}

/** The port follows from the output, by the definition's `portOf`. */
export type WaitEnd<Output> = { output: Output } | { error: StepError };
