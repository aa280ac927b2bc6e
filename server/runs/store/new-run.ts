import type { RUN_KINDS } from "@/db/schema/runs";
import type { StoredFile } from "@/server/artifacts/stored-file";
import type { PlanSettings } from "@/server/plan/plan";
import type { Json, JsonObject } from "@/server/plan/values/json";
import type { AuditEntry } from "@/server/teams/write-audit";
import type { Trigger } from "@/server/triggers/catalog";
import type { Actor } from "../events";
import type { StepRef } from "../step-ref";
import type { ForkSource } from "./copy-fork";
import type { PinnedPrompts } from "./pinned-prompts";
import type { PinnedScope } from "./pinned-scope";

export interface NewRun {
	teamId: string;
	workflowId: string;
	/** A run of the workflow when it is left out. */
	kind?: RunKind;
	/** Null for a run of the draft. */
	version: number | null;
	/** A plan that is stored already. */
	planHash: string;
	settings: PlanSettings;
	actor: Actor;
	trigger: Trigger["type"] | "try" | "workflow";
	payload: JsonObject;
	input: Record<string, Json>;
	/** The caller's name for this start: the same one twice is the same run. */
	requestId: string | null;
	/** The evaluated key of the concurrency rule; null if no rule applies. */
	concurrencyKey: string | null;
	/** The personal credentials of the actor that its steps read, by name. */
	ownCredentials?: readonly string[];
	/** Written with the run: about the run, with its number, when no target is given. */
	audit?: Pick<AuditEntry, "action" | "detail"> & { target?: AuditEntry["target"] };
	/** A try: what its step reads of steps that do not run. */
	pinned?: PinnedScope;
	/** The versions of prompts that its steps use. */
	prompts?: PinnedPrompts;
	/** The run's variables before its first step. */
	variables?: readonly FirstVariable[];
	/** Files that it begins with, which are stored already. */
	files?: readonly StoredFile[];
	/** The step of another run that starts it. */
	caller?: CallingStep;
	/** What it takes over of another run. */
	fork?: ForkSource;
	/** How many runs started each other by events until this one; a caller says so itself. */
	depth?: number;
}

export interface CallingStep extends StepRef {
	/** Whether the step waits for the end of the run, which ends with it. */
	isAwaited: boolean;
	/** How many runs called each other until the new one. */
	depth: number;
}

export interface FirstVariable {
	key: string;
	value: Json;
	/** Where secrets are hidden in `value`: the value itself, as it was sealed in another run. */
	sealed?: { text: string; runId: string };
}

export type RunKind = (typeof RUN_KINDS)[number];
