import type { Json } from "@/server/plan/values/json";
import type { ExecuteContext } from "../execute-context";
import type { CodingConfig } from "./config";
import type { Recorder } from "./recorder";

/** A coding agent at work, as its records left it. */
export interface Work {
	readonly config: CodingConfig;
	readonly context: ExecuteContext;
	readonly recorder: Recorder;
}

/** One start of an agent. */
export interface Job extends Work {
	/** Aborted when it has to end, for whatever reason. */
	readonly signal: AbortSignal;
	readonly sessionId: string;
	/** The session is there already, with all that was said in it. */
	readonly resumes: boolean;
	/** The whole task. */
	readonly task: string;
	/** What it is told when it goes on; undefined at the beginning. */
	readonly goOn: string | undefined;
	/** Who it is and how it works: its role and skills. */
	readonly instructions: string;
	/** What the step may still spend, in US dollars. */
	readonly budgetUsd: number;
	readonly turnsLeft: number;
}

/** How a start has ended. */
export interface JobEnd {
	/** `asked`: it waits for somebody, as its last permission says. */
	state: "done" | "failed" | "limit" | "asked";
	/** What it said last, or why it failed. */
	text: string;
	/** What it was to hand back, where the program tells that apart. */
	json?: Json | undefined;
	turns: number;
	/** When another attempt may help, where that is known. */
	retryAfterSeconds?: number | undefined;
}

export type Drive = (job: Job) => Promise<JobEnd>;
