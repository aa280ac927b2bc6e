import { sql } from "drizzle-orm";
import {
	bigint,
	index,
	integer,
	json,
	jsonb,
	pgTable,
	primaryKey,
	text,
	unique,
	uniqueIndex,
} from "drizzle-orm/pg-core";
import type { JsonObject } from "@/server/plan/values/json";
import { at } from "./at";
import { runs } from "./runs";
import { teams } from "./teams";
import { workflows } from "./workflows";

/**
 * The addresses at which requests start runs. Each is known by its token's hash; the token itself is sealed under the team's
 * key, to be shown again. The one before stays valid beside it until it is ended.
 */
export const hooks = pgTable(
	"hooks",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** The workflow whose trigger has it to itself; null for one that triggers share. */
		workflowId: text("workflow_id").references(() => workflows.id, { onDelete: "cascade" }),
		/** That trigger's id, or the name by which it is shared. */
		key: text("key").notNull(),
		tokenHash: text("token_hash").notNull().unique(),
		sealed: text("sealed").notNull(),
		formerHash: text("former_hash").unique(),
		formerSealed: text("former_sealed"),
		createdAt: at("created_at").notNull().defaultNow(),
		rotatedAt: at("rotated_at"),
	},
	(t) => [unique("hooks_key").on(t.teamId, t.workflowId, t.key).nullsNotDistinct()],
);

/** The triggers of published versions that start runs by themselves. Written with the version, gone with its trigger. */
export const triggers = pgTable(
	"triggers",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		workflowId: text("workflow_id")
			.notNull()
			.references(() => workflows.id, { onDelete: "cascade" }),
		/** The trigger's id in the plan. */
		key: text("key").notNull(),
		type: text("type").notNull(),
		/** As the published plan has it. */
		config: json("config").$type<JsonObject>().notNull(),
		/** Since when it fires as it does: since it was registered, changed or resumed. */
		activeSince: at("active_since").notNull().defaultNow(),
		/** Paused until somebody resumes it, or until `pausedUntil`. */
		pausedAt: at("paused_at"),
		pausedUntil: at("paused_until"),
		/** Why it has paused itself; null when a person paused it. */
		pauseReason: text("pause_reason"),
		/** A schedule: the time that comes next, and when it is to start its run (later by its jitter). */
		dueAt: at("due_at"),
		nextAt: at("next_at"),
		/** A webhook: the address of its requests. */
		hookId: text("hook_id").references(() => hooks.id, { onDelete: "set null" }),
	},
	(t) => [
		index("triggers_hook").on(t.hookId),
		uniqueIndex("triggers_workflow_key").on(t.workflowId, t.key),
		index("triggers_team").on(t.teamId, t.type),
		index("triggers_next").on(t.nextAt).where(sql`next_at is not null`),
	],
);

/** What came of everything that could have started a run: a time of a schedule, a request, an event. */
export const DELIVERY_VERDICTS = [
	"started",
	"filtered",
	"duplicate",
	"skipped",
	"missed",
	"refused",
	"failed",
] as const;

export const deliveries = pgTable(
	"deliveries",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		workflowId: text("workflow_id")
			.notNull()
			.references(() => workflows.id, { onDelete: "cascade" }),
		triggerId: text("trigger_id").references(() => triggers.id, { onDelete: "set null" }),
		/** The trigger's id in the plan, kept when the trigger is gone. */
		key: text("key").notNull(),
		type: text("type").notNull(),
		verdict: text("verdict", { enum: DELIVERY_VERDICTS }).notNull(),
		/** Why no run was started, in a sentence. */
		reason: text("reason"),
		runId: text("run_id").references(() => runs.id, { onDelete: "set null" }),
		/** For so many times at once, when they are missed together. */
		times: integer("times").notNull().default(1),
		/** When it should have started a run; null for what comes unexpected. */
		dueAt: at("due_at"),
		/** By how much later than planned, jitter included, it was dealt with; null where a person asked for it. */
		lateMs: bigint("late_ms", { mode: "number" }),
		/** What was received, without the headers that hold secrets; a body that is too long is left out. */
		request: jsonb("request").$type<JsonObject>(),
		/** From its arrival until this was written. */
		latencyMs: integer("latency_ms"),
		/** The delivery that was sent anew. */
		redeliveryOf: text("redelivery_of"),
		/** The one that is the same; gone when that is too old to be kept. */
		duplicateOf: text("duplicate_of"),
		at: at("at").notNull().defaultNow(),
	},
	(t) => [
		index("deliveries_workflow").on(t.workflowId, t.at),
		index("deliveries_trigger").on(t.triggerId, t.at),
		index("deliveries_due").on(t.triggerId, t.dueAt),
		index("deliveries_team").on(t.teamId, t.at),
		index("deliveries_run").on(t.runId),
	],
);

/** The keys of requests that have started runs: one of the same key is a duplicate until `expiresAt`. */
export const deliveryKeys = pgTable(
	"delivery_keys",
	{
		triggerId: text("trigger_id")
			.notNull()
			.references(() => triggers.id, { onDelete: "cascade" }),
		/** SHA-256, so that a key may be long. */
		keyHash: text("key_hash").notNull(),
		deliveryId: text("delivery_id").notNull(),
		expiresAt: at("expires_at").notNull(),
	},
	(t) => [primaryKey({ columns: [t.triggerId, t.keyHash] }), index("delivery_keys_expires").on(t.expiresAt)],
);

/** When a sender was last asked for what it could not deliver to a trigger. */
export const hookChecks = pgTable(
	"hook_checks",
	{
		triggerId: text("trigger_id")
			.primaryKey()
			.references(() => triggers.id, { onDelete: "cascade" }),
		/** What was sent until then has been looked at; null before the first time. */
		checkedAt: at("checked_at"),
		nextAt: at("next_at").notNull(),
		/** Why it could not be asked. */
		problem: text("problem"),
	},
	(t) => [index("hook_checks_next").on(t.nextAt)],
);
