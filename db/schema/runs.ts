import { sql } from "drizzle-orm";
import {
	type AnyPgColumn,
	bigint,
	boolean,
	doublePrecision,
	foreignKey,
	index,
	integer,
	json,
	jsonb,
	pgTable,
	primaryKey,
	text,
	uniqueIndex,
} from "drizzle-orm/pg-core";
import type { WaitAnswer } from "@/server/nodes/wait";
import type { Json, JsonObject } from "@/server/plan/values/json";
import type { Actor, RunEventType, StepError } from "@/server/runs/events";
import type { PinnedPrompts } from "@/server/runs/store/pinned-prompts";
import type { PinnedScope } from "@/server/runs/store/pinned-scope";
import type { RunFork } from "@/server/runs/store/run-fork";
import { at } from "./at";
import { teams } from "./teams";
import { plans, workflows } from "./workflows";

export const RUN_STATUSES = ["queued", "running", "paused", "completed", "failed", "cancelled", "timed_out"] as const;

/**
 * What was started: a published version (or what stands in its place), the draft as a test, or one step alone. Tests say
 * nothing about the published workflow, so they count in no figure; tries are not even listed.
 */
export const RUN_KINDS = ["workflow", "draft", "try"] as const;

export const runs = pgTable(
	"runs",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** Refuses the deletion of a workflow that has runs: archive it instead. */
		workflowId: text("workflow_id")
			.notNull()
			.references(() => workflows.id, { onDelete: "restrict" }),
		/** 1, 2, 3 … per workflow; 0 for a try. */
		number: integer("number").notNull(),
		kind: text("kind", { enum: RUN_KINDS }).notNull().default("workflow"),
		/** Null for a run of the draft. */
		version: integer("version"),
		planHash: text("plan_hash").notNull(),
		status: text("status", { enum: RUN_STATUSES }).notNull(),
		actor: jsonb("actor").$type<Actor>().notNull(),
		trigger: text("trigger").notNull(),
		/** What the trigger brought (`{{ trigger.… }}`). */
		payload: json("payload").$type<JsonObject>().notNull(),
		input: json("input").$type<JsonObject>().notNull(),
		/** In a try: the values that its step reads of steps and containers that do not run. */
		pinned: json("pinned").$type<PinnedScope>(),
		/** The turn of another run's step from which this one goes on, and what was changed there; null for any other run. */
		fork: jsonb("fork").$type<RunFork>(),
		output: json("output").$type<Json>(),
		error: jsonb("error").$type<StepError>(),
		/** The last event's `seq`. Taken under this row's lock, so the log has no gaps. */
		lastSeq: integer("last_seq").notNull().default(0),
		costUsd: doublePrecision("cost_usd").notNull().default(0),
		tokens: bigint("tokens", { mode: "number" }).notNull().default(0),
		budgetUsd: doublePrecision("budget_usd"),
		/** How long the run may take once it has begun. */
		timeoutSeconds: doublePrecision("timeout_seconds").notNull().default(86_400),
		/** When the run is over, whatever it is doing. */
		deadline: at("deadline"),
		/** The evaluated key of the plan's concurrency rule, and how many runs of that key it lets run at once. */
		concurrencyKey: text("concurrency_key"),
		concurrencyLimit: integer("concurrency_limit"),
		/** The versions of the library's prompts that its steps use, by the step's id: those that were the latest when it came. */
		prompts: jsonb("prompts").$type<PinnedPrompts>().notNull().default({}),
		/** Queued and not yet announced to the engine: the concurrency rule holds it back until there is room. */
		held: boolean("held").notNull().default(false),
		/** How often the engine was asked to walk this run, and when last: one that it has lost is asked for again. */
		requests: integer("requests").notNull().default(1),
		requestedAt: at("requested_at").notNull().defaultNow(),
		/** The step of another run that started this one, and whether it waits for the end of it. */
		callerRunId: text("caller_run_id").references((): AnyPgColumn => runs.id, { onDelete: "set null" }),
		callerNodeId: text("caller_node_id"),
		callerIteration: text("caller_iteration"),
		isAwaited: boolean("is_awaited").notNull().default(false),
		/** How many runs called each other until this one; 0 for a run that no other has called. */
		depth: integer("depth").notNull().default(0),
		/** The caller's idempotency key: the same one twice is the same run. */
		requestId: text("request_id"),
		createdAt: at("created_at").notNull().defaultNow(),
		startedAt: at("started_at"),
		endedAt: at("ended_at"),
	},
	(t) => [
		uniqueIndex("runs_workflow_number").on(t.workflowId, t.number).where(sql`kind <> 'try'`),
		index("runs_tries").on(t.workflowId, t.createdAt).where(sql`kind = 'try'`),
		uniqueIndex("runs_workflow_request").on(t.workflowId, t.requestId),
		index("runs_team").on(t.teamId, t.createdAt),
		index("runs_active").on(t.workflowId).where(sql`ended_at is null`),
		index("runs_deadline").on(t.deadline).where(sql`ended_at is null`),
		index("runs_held").on(t.workflowId, t.concurrencyKey, t.number).where(sql`held`),
		index("runs_admitted")
			.on(t.workflowId, t.concurrencyKey)
			.where(sql`concurrency_key is not null and ended_at is null and not held`),
		index("runs_called").on(t.callerRunId, t.callerNodeId, t.callerIteration).where(sql`caller_run_id is not null`),
		index("runs_awaited").on(t.callerRunId).where(sql`is_awaited and ended_at is null`),
		index("runs_tries_ended").on(t.endedAt).where(sql`kind = 'try'`),
		index("runs_plan").on(t.teamId, t.planHash),
		foreignKey({ columns: [t.teamId, t.planHash], foreignColumns: [plans.teamId, plans.hash] }),
	],
);

export const RUN_STEP_STATUSES = [
	"running",
	"retrying",
	/** A container whose body is being walked: no worker has a claim on it. */
	"open",
	"waiting",
	"completed",
	"failed",
	/** On a branch that was not taken. */
	"skipped",
	/** The run ended before this could be decided. Runs that ended long ago have no such rows. */
	"not_reached",
	"cancelled",
] as const;

/** One row per node and iteration: the claim on a step and, once it ended, its record. */
export const runSteps = pgTable(
	"run_steps",
	{
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		nodeId: text("node_id").notNull(),
		iteration: text("iteration").notNull().default(""),
		status: text("status", { enum: RUN_STEP_STATUSES }).notNull(),
		attempt: integer("attempt").notNull().default(0),
		/** The worker that holds the claim. */
		owner: text("owner"),
		/** Raised by every claim: a result that carries an older one is dropped. */
		claim: integer("claim").notNull().default(0),
		/** The resolved config, secrets redacted. Kept as text, like the output: the order of the keys is the step's. */
		input: json("input").$type<JsonObject>(),
		output: json("output").$type<Json>(),
		/** The whole output, encrypted under the team's key, if `output` is redacted; else null. */
		sealed: text("sealed"),
		/** A container: `sealed` of when it was opened, which a try of a step inside it reads when the container has ended. */
		opened: text("opened"),
		port: text("port"),
		error: jsonb("error").$type<StepError>(),
		/** Attempts that ended because their worker died. */
		lost: integer("lost").notNull().default(0),
		retryAt: at("retry_at"),
		/** What it waited for, until its end is recorded. */
		answer: jsonb("answer").$type<WaitAnswer>(),
		startedAt: at("started_at"),
		endedAt: at("ended_at"),
	},
	(t) => [
		primaryKey({ columns: [t.runId, t.nodeId, t.iteration] }),
		index("run_steps_owner").on(t.owner).where(sql`owner is not null`),
	],
);

export const runEvents = pgTable(
	"run_events",
	{
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		seq: integer("seq").notNull(),
		type: text("type").$type<RunEventType>().notNull(),
		nodeId: text("node_id"),
		iteration: text("iteration").notNull().default(""),
		data: jsonb("data").notNull(),
		at: at("at").notNull().defaultNow(),
	},
	(t) => [
		primaryKey({ columns: [t.runId, t.seq] }),
		index("run_events_logs").on(t.runId, t.nodeId, t.iteration, t.seq).where(sql`type in ('step.log', 'step.token')`),
	],
);

/**
 * What a loop decided after each of its iterations, once: whether it stops, and the variables of the next. `iteration` is
 * the path of the iteration that ended.
 */
export const loopIterations = pgTable(
	"loop_iterations",
	{
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		nodeId: text("node_id").notNull(),
		iteration: text("iteration").notNull(),
		stop: boolean("stop").notNull(),
		/** Why the condition could not be evaluated: the loop fails. */
		problem: text("problem"),
		vars: json("vars").$type<JsonObject>().notNull(),
		/** The whole variables, encrypted, if `vars` is redacted; else null. */
		sealed: text("sealed"),
	},
	(t) => [primaryKey({ columns: [t.runId, t.nodeId, t.iteration] })],
);

/** What the steps of a run share: `state` nodes and `{{ state.x }}`. */
export const runVariables = pgTable(
	"run_variables",
	{
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		key: text("key").notNull(),
		value: jsonb("value").$type<Json>().notNull(),
		/** The whole value, encrypted, if `value` is redacted; else null. */
		sealed: text("sealed"),
		/** The run for which `sealed` was encrypted, if that is another: a try starts with the variables of the last run. */
		sealedIn: text("sealed_in"),
	},
	(t) => [primaryKey({ columns: [t.runId, t.key] })],
);

/** Engine events that must be sent: written with what they announce, deleted when their effect has been seen. */
export const outbox = pgTable(
	"outbox",
	{
		id: text("id").primaryKey(),
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		name: text("name").notNull(),
		data: jsonb("data").$type<JsonObject>().notNull(),
		sends: integer("sends").notNull().default(0),
		nextAt: at("next_at").notNull().defaultNow(),
		createdAt: at("created_at").notNull().defaultNow(),
	},
	(t) => [index("outbox_next").on(t.nextAt), index("outbox_run").on(t.runId)],
);
