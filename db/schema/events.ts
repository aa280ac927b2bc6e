import { sql } from "drizzle-orm";
import {
	bigint,
	bigserial,
	index,
	integer,
	json,
	jsonb,
	pgTable,
	primaryKey,
	text,
	uniqueIndex,
} from "drizzle-orm/pg-core";
import type { JsonObject } from "@/server/plan/values/json";
import type { Actor } from "@/server/runs/events";
import { at } from "./at";
import { runs } from "./runs";
import { teams } from "./teams";

/** What steps and people have sent, for triggers and for steps that wait. Cleared after some days. */
export const events = pgTable(
	"events",
	{
		id: text("id").primaryKey(),
		/** Events of one name become visible in this order: they are sent under a lock of the name. */
		seq: bigserial("seq", { mode: "number" }).notNull(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		name: text("name").notNull(),
		data: json("data").$type<JsonObject>().notNull(),
		/** The sender's idempotency key: the same one twice is the same event. */
		key: text("key").notNull(),
		/** The run whose step has sent it; null where a person has. */
		runId: text("run_id").references(() => runs.id, { onDelete: "set null" }),
		nodeId: text("node_id"),
		actor: jsonb("actor").$type<Actor>().notNull(),
		/** How many runs started each other until the ones that this event starts. */
		depth: integer("depth").notNull().default(0),
		at: at("at").notNull().default(sql`clock_timestamp()`),
		/** When the triggers of its name had been asked; null before. */
		deliveredAt: at("delivered_at"),
	},
	(t) => [
		uniqueIndex("events_key").on(t.teamId, t.key),
		index("events_name").on(t.teamId, t.name, t.seq),
		index("events_pending").on(t.teamId, t.seq).where(sql`delivered_at is null`),
		index("events_at").on(t.at),
		index("events_run").on(t.runId),
	],
);

/** The steps that wait for an event: removed when their wait has ended. */
export const eventWaits = pgTable(
	"event_waits",
	{
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		nodeId: text("node_id").notNull(),
		iteration: text("iteration").notNull().default(""),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		name: text("name").notNull(),
		/** CEL over `event` and `bound`; null for any event of the name. */
		match: text("match"),
		/** The run's values that the expression reads, as they were when the wait began. */
		bound: json("bound").$type<JsonObject>().notNull(),
		/** The last event that was looked at. */
		seenSeq: bigint("seen_seq", { mode: "number" }).notNull(),
		/** Why the expression could not be worked out for an event, the last time. */
		problem: text("problem"),
		beganAt: at("began_at").notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.runId, t.nodeId, t.iteration] }), index("event_waits_name").on(t.teamId, t.name)],
);

/** Runs that have ended and that triggers have not been asked about yet; only those of teams with such a trigger. */
export const runEnds = pgTable("run_ends", {
	runId: text("run_id")
		.primaryKey()
		.references(() => runs.id, { onDelete: "cascade" }),
	at: at("at").notNull().defaultNow(),
});
