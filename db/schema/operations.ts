import { bigint, bigserial, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { JsonObject } from "@/server/plan/values/json";
import type { Isolation } from "@/server/runners/runner";
import type { Actor } from "@/server/runs/events";
import type { AuditAction } from "@/server/teams/audit-action";
import { at } from "./at";
import { teams } from "./teams";

/** A living worker: a heartbeat here, and a session advisory lock on `lockKey` that dies with its connection. */
export const workers = pgTable("workers", {
	id: text("id").primaryKey(),
	lockKey: bigint("lock_key", { mode: "bigint" }).notNull(),
	engine: text("engine").notNull(),
	/** Null until the worker has tried its sandbox. */
	isolation: jsonb("isolation").$type<Isolation>(),
	startedAt: at("started_at").notNull().defaultNow(),
	seenAt: at("seen_at").notNull().defaultNow(),
	/** Chores that fail at present, and how often in a row. */
	failing: jsonb("failing").$type<Record<string, number>>().notNull().default({}),
});

/**
 * Only ever added to: a trigger of migration `audit_log_append_only` refuses changes, and lets entries go with their team
 * alone.
 */
export const auditLog = pgTable(
	"audit_log",
	{
		id: bigserial("id", { mode: "number" }).primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		at: at("at").notNull().defaultNow(),
		actor: jsonb("actor").$type<Actor>().notNull(),
		action: text("action").$type<AuditAction>().notNull(),
		targetType: text("target_type").notNull(),
		targetId: text("target_id").notNull(),
		detail: jsonb("detail").$type<JsonObject>().notNull(),
		/** What was changed, and what it was changed to; null where nothing stood before, or nothing is left. */
		before: jsonb("before").$type<JsonObject>(),
		after: jsonb("after").$type<JsonObject>(),
		/** Where the request came from; null for what no request did. */
		address: text("address"),
	},
	(t) => [index("audit_log_team").on(t.teamId, t.id)],
);

/** Counts of attempts per key and window: kept here so that every web process sees the same ones. */
export const rateLimits = pgTable("rate_limits", {
	key: text("key").primaryKey(),
	points: integer("points").notNull(),
	expire: at("expire"),
});
