import type { Readable } from "node:stream";
import type { z } from "zod";
import type { ArtifactKind, ArtifactRef } from "../artifacts/artifact-ref";
import type { OutboundInit } from "../http/outbound-fetch";
import type { Bill } from "../llm/prices";
import type { FindProvider } from "../llm/provider";
import type { SentMail, StepMail } from "../mail/step-mail";
import type { NodeDefinition } from "../plan/node-definition";
import type { Json, JsonObject } from "../plan/values/json";
import type { Workspace } from "../runners/runner";
import type { Iteration, LogLevel, NewRunEvent, Usage } from "../runs/events";
import type { ApprovalRequest, CalledRun, CallRequest, WaitAnswer } from "./wait";

/** Everything a step may touch: executors get their services from here and import none of them. */
export interface ExecuteContext {
	readonly run: { id: string; number: number; workflowName: string };
	readonly node: { id: string; name: string };
	readonly iteration: Iteration;
	/** From 1. */
	readonly attempt: number;
	/** Aborted on timeout, cancel and shutdown; a step must end soon after. */
	readonly signal: AbortSignal;
	/** The values behind the references of `shell` fields, by variable name. */
	readonly env: Readonly<Record<string, string>>;
	/** Appends text to the step's log; lines are split, coalesced, redacted and bounded behind it. */
	log(level: LogLevel, text: string): void;
	/** Streams a piece of an answer to whoever watches. */
	token(text: string): void;
	/** Records what a call of a model took and cost, with the end of the attempt. */
	spend(usage: Usage): void;
	/**
	 * What may still be spent of the budgets of the run, its workflow and its team. Each call of `llm` is checked by it; a step
	 * that has programs spend money asks before it starts one.
	 */
	budget(): Promise<StepBudget>;
	/** Writes to the run's audit trail. */
	comment(text: string): void;
	/**
	 * Runs CPU-bound work in this process once a slot is free: there is one slot per core, shared fairly between teams.
	 */
	compute<Answer>(work: () => Promise<Answer>): Promise<Answer>;
	/** The run's workspace in its runner. */
	workspace(): Promise<Workspace>;
	/** The files of this attempt, and those that other steps of the team's runs have left. */
	readonly artifacts: StepArtifacts;
	/**
	 * The prompt of the library that the step names, in the version that held when the run began, filled in with these values.
	 * Throws `FatalError` where there is none, or the values do not fit.
	 */
	prompt(variables: JsonObject): Promise<{ name: string; version: number; text: string }>;
	/** Throws `FatalError` when no provider of this name is set up. */
	llm: FindProvider;
	/** What tokens cost at list prices, where a program that used them does not tell. */
	readonly bill: Bill;
	/** `fetch` that refuses private addresses, pins the resolved one and re-checks each redirect. */
	fetch(url: string, init?: OutboundInit): Promise<Response>;
	/**
	 * The address of a host, for a program that connects to it and to no other. Throws `FatalError` where it is private, as
	 * `fetch` does, and `RetryableError` where it cannot be looked up.
	 */
	resolve(host: string): Promise<string>;
	/** Certificates that programs trust beside the public ones, in PEM; undefined where the administrator names none. */
	readonly authorities: string | undefined;
	/**
	 * Sends a mail, by a mail server of the team, or by this server's own to members of the team. Throws `FatalError` or
	 * `RetryableError`.
	 */
	mail(mail: StepMail): Promise<SentMail>;
	/**
	 * Reads JSON that others wrote, without keeping other steps waiting. Rejects with `SyntaxError` for what is none and
	 * `JsonValueError` for what no value can hold.
	 */
	readJson(text: string): Promise<Json>;
	/** A CEL expression over the same roots as `{{ }}`. Throws `FatalError` with the place of the problem. */
	evaluate(expression: string): unknown;
	/** Sends an event of the team, once for this step and iteration, however often it is tried. */
	sendEvent(name: string, data: Json): Promise<{ id: string; at: Date }>;
	/** Values shared by the steps of this run. Changes are recorded with the step, in one transaction. */
	readonly state: RunVariables;
	/** What this step has recorded while it works, in this attempt and in earlier ones. */
	readonly transcript: Transcript;
	/** What is recorded of the run. */
	readonly history: RunHistory;
}

export interface RunHistory {
	/** Lines that other steps have logged, the newest first, shortened; `text`: those that contain it, in whatever case. */
	logs(asked: {
		step?: string | undefined;
		text?: string | undefined;
		limit: number;
	}): Promise<{ step: string; iteration: Iteration; level: LogLevel; text: string; at: number }[]>;
	/** The run that this step has started last; null if it has started none. */
	lastCalled(): Promise<CalledRun | null>;
}

/**
 * The record of a step that works in many parts, each of which must happen once: an attempt that follows, on whatever
 * worker, goes on behind the last entry.
 */
export interface Transcript {
	/** The entries so far, and the answer to what the step asked last: null without one, and once an entry has taken it. */
	read(): Promise<{ entries: Json[]; answer: WaitAnswer | null }>;
	/**
	 * Records an entry, what is shown of it and what it cost, all or nothing. Secrets are hidden in what is shown; the entry
	 * itself is read whole. Throws `RetryableError` when the step is another worker's by now.
	 */
	append(entry: Json, told?: TranscriptEvents): Promise<void>;
	/** Whether the run was paused when the last entry was recorded. */
	isPaused(): boolean;
}

export interface StepBudget {
	/** In US dollars; null without a limit. */
	leftUsd: number | null;
	/** The one that is spent: nothing more may be paid for. `message` says which it is, and who raises it. */
	spent: { of: "run" | "workflow" | "team"; message: string } | null;
}

interface TranscriptEvents {
	events?: readonly ShownEvent[];
	usage?: readonly Usage[];
	/** The entry says what the answer led to. */
	takesAnswer?: boolean;
}

/** What is shown of an entry on the run's page. */
export type ShownEvent = Extract<NewRunEvent, { type: `agent.${string}` }>;

export interface StepArtifacts {
	/**
	 * Stores a file of this attempt; one of the same name is replaced. Secrets in texts of up to 10 MB are hidden.
	 * Throws `FatalError` for a name that cannot be kept and beyond the limits of a file, a run and a team.
	 * @param file its `size` in bytes, more than which are refused: left out for one of more than 10 MB whose length nobody
	 * knows yet; `type` and `kind` follow from the name unless they are said
	 */
	add(file: {
		name: string;
		size?: number | undefined;
		open(): Promise<AsyncIterable<Uint8Array>>;
		type?: string;
		kind?: ArtifactKind;
	}): Promise<ArtifactRef>;
	/**
	 * The files that a value refers to: a reference, or lists of them; none for null. Throws `FatalError` for anything else, and
	 * for a reference that leads to no file of this team.
	 */
	find(value: Json): Promise<(ArtifactRef & { open(): Promise<Readable> })[]>;
}

export interface RunVariables {
	get(key: string): Json | undefined;
	set(key: string, value: Json): void;
	delete(key: string): boolean;
}

/** The port follows from the output, by the definition's `portOf`. */
export interface StepResult<Output> {
	output: Output;
}

/**
 * The step asks somebody, and waits without a worker. Once that is answered, or its time is over, it is executed again, in
 * the same attempt, and finds the answer in its transcript.
 */
export interface StepQuestion {
	ask: ApprovalRequest;
}

/**
 * The step starts the run of another workflow, and waits for it without a worker. It is executed again, in the same attempt,
 * once that has ended, its time is over, or it could not be started: the answer in its transcript says which.
 */
export interface StepCall {
	call: CallRequest;
}

/** The run is paused: the step is executed again once it is resumed, in the same attempt, and finds its transcript. */
export interface StepPause {
	paused: true;
}

/** A change of a variable that depends on its value: made with the step's record, so that it is made once. */
export interface StepUpdate<Output> {
	/** The variable. */
	key: string;
	/** Called with the newest value, which no other step changes meanwhile. Throws `FatalError` for one of the wrong type. */
	apply(before: Json | undefined): { value: Json; output: Output };
}

/**
 * Runs a step with its resolved, parsed config. Safe to repeat: a crash may run it again.
 * Throws `FatalError` or `RetryableError`; any other error counts as retryable.
 */
export type Execute<Definition extends NodeDefinition, Other = never> = (
	config: z.infer<Definition["config"]>,
	context: ExecuteContext,
) => Promise<StepResult<z.infer<Definition["output"]>> | Other>;

export type ExecuteOrUpdate<Definition extends NodeDefinition> = Execute<
	Definition,
	StepUpdate<z.infer<Definition["output"]>>
>;
