import { sql } from "drizzle-orm";
import { bigserial, boolean, index, integer, pgSchema, primaryKey, text } from "drizzle-orm/pg-core";
import { at } from "./at";

/*
 * The embedded engine's state. Payloads are JSON kept as text: the engine hands them on as they came, and jsonb would
 * reorder keys and refuse `\u0000`. Nothing but `events` (24 hours, so that duplicates are known) outlives its run.
 */
export const engine = pgSchema("engine");

/** The inbox: anyone may insert, the engine matches each event exactly once. */
export const engineEvents = engine.table(
	"events",
	{
		/** The sender's idempotency key: a second event with it is dropped. */
		id: text("id").primaryKey(),
		position: bigserial("position", { mode: "number" }).notNull(),
		/** The whole event; emptied once handled. */
		payload: text("payload"),
		receivedAt: at("received_at").notNull().defaultNow(),
		handledAt: at("handled_at"),
	},
	(t) => [
		index("events_pending").on(t.position).where(sql`handled_at is null`),
		index("events_handled").on(t.handledAt).where(sql`handled_at is not null`),
	],
);

/** One row per run that has not ended. It is also the job of entering the run's function (again). */
export const engineRuns = engine.table("runs", {
	id: text("id").primaryKey(),
	functionId: text("function_id").notNull(),
	/** The events that triggered it, a JSON array. */
	events: text("events").notNull(),
	/** The run and step that invoked this run. */
	parentRunId: text("parent_run_id"),
	parentStepId: text("parent_step_id"),
	/** The evaluated concurrency keys, a JSON array. */
	concurrencyKeys: text("concurrency_keys").notNull(),
	/** When to enter the function again; null while only pending steps can move the run on. */
	discoverAt: at("discover_at"),
	/** Entered and not yet answered: if this is still set after a crash, the entry was lost with its process. */
	running: boolean("running").notNull(),
	attempt: integer("attempt").notNull(),
	/** How many processes died in this entry. */
	crashes: integer("crashes").notNull(),
	createdAt: at("created_at").notNull(),
});

export const ENGINE_JOB_KINDS = ["step", "sleep", "wait", "invoke"] as const;

/** What a run waits for: a step to execute, a time, an event, another run. */
export const engineJobs = engine.table(
	"jobs",
	{
		runId: text("run_id").notNull(),
		/** The SDK's hash of the step's id. */
		stepId: text("step_id").notNull(),
		kind: text("kind", { enum: ENGINE_JOB_KINDS }).notNull(),
		/** When a step is due, a sleep over, or a wait timed out; null for never. */
		dueAt: at("due_at"),
		/** The event a wait is for: `{event, if}` as JSON. */
		wait: text("wait"),
		/** The number of results that were known when the step was planned: enough to find it again. */
		memoSize: integer("memo_size").notNull(),
		running: boolean("running").notNull(),
		attempt: integer("attempt").notNull(),
		crashes: integer("crashes").notNull(),
	},
	(t) => [primaryKey({ columns: [t.runId, t.stepId] })],
);

/** The results of a run's ended steps, in the order in which they ended. */
export const engineSteps = engine.table(
	"steps",
	{
		runId: text("run_id").notNull(),
		stepId: text("step_id").notNull(),
		position: integer("position").notNull(),
		/** `{type: "data", data}` or `{type: "error", error}`, as the SDK's protocol wants it. */
		result: text("result").notNull(),
	},
	(t) => [primaryKey({ columns: [t.runId, t.stepId] })],
);

/** When each cron trigger fires next. */
export const engineSchedules = engine.table(
	"schedules",
	{
		functionId: text("function_id").notNull(),
		cron: text("cron").notNull(),
		nextAt: at("next_at").notNull(),
	},
	(t) => [primaryKey({ columns: [t.functionId, t.cron] })],
);

/** Functions with an `idempotency` expression start once per key and 24 hours. */
export const engineIdempotencyKeys = engine.table("idempotency_keys", {
	key: text("key").primaryKey(),
	expiresAt: at("expires_at").notNull(),
});

/** A single row: the engine that owned the tables last. Ownership itself is a session advisory lock. */
export const engineOwner = engine.table("owner", {
	one: boolean("one").primaryKey(),
	ownerId: text("owner_id").notNull(),
	takenAt: at("taken_at").notNull().defaultNow(),
});
