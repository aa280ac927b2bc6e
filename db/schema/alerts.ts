import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { JsonObject } from "@/server/plan/values/json";
import type { AlertNote } from "@/server/triggers/alertmanager/episodes/alert-note";
import { at } from "./at";
import { runs } from "./runs";
import { teams } from "./teams";
import { triggers } from "./triggers";
import { workflows } from "./workflows";

/** Episodes of alerts: one from its start until it is resolved, however often and by however many peers it is sent. */
export const alerts = pgTable(
	"alerts",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** Of its labels: all episodes of an alert have the same. */
		fingerprint: text("fingerprint").notNull(),
		startsAt: at("starts_at").notNull(),
		status: text("status", { enum: ["firing", "resolved"] }).notNull(),
		/** Its `alertname`. */
		name: text("name").notNull(),
		labels: jsonb("labels").$type<Record<string, string>>().notNull(),
		annotations: jsonb("annotations").$type<Record<string, string>>().notNull(),
		generatorUrl: text("generator_url").notNull().default(""),
		/** Alertmanager's own address, as it tells it. */
		externalUrl: text("external_url").notNull().default(""),
		receiver: text("receiver").notNull().default(""),
		/** How often it was received. */
		times: integer("times").notNull().default(1),
		firstAt: at("first_at").notNull().defaultNow(),
		lastAt: at("last_at").notNull().defaultNow(),
		/** As its sender tells it, and when Weft heard of it; null while it fires. */
		endsAt: at("ends_at"),
		resolvedAt: at("resolved_at"),
		/** What has happened to it, the oldest first; what is repeated is counted, and the middle is left out of a long one. */
		notes: jsonb("notes").$type<AlertNote[]>().notNull().default([]),
		/** By which it was heard of last. */
		triggerId: text("trigger_id").references(() => triggers.id, { onDelete: "set null" }),
	},
	(t) => [
		uniqueIndex("alerts_episode").on(t.teamId, t.fingerprint, t.startsAt),
		index("alerts_firing").on(t.teamId, t.startsAt).where(sql`status = 'firing'`),
		index("alerts_team").on(t.teamId, t.startsAt),
		index("alerts_resolved").on(t.resolvedAt),
		index("alerts_trigger").on(t.triggerId).where(sql`status = 'firing'`),
	],
);

/** What an episode has meant for a trigger. There is one for both: so an episode starts one run of a workflow. */
export const alertRuns = pgTable(
	"alert_runs",
	{
		alertId: text("alert_id")
			.notNull()
			.references(() => alerts.id, { onDelete: "cascade" }),
		workflowId: text("workflow_id")
			.notNull()
			.references(() => workflows.id, { onDelete: "cascade" }),
		/** The trigger's id in the plan. */
		key: text("key").notNull(),
		triggerId: text("trigger_id").references(() => triggers.id, { onDelete: "set null" }),
		/** Null while it waits for others of its group, and where no run could be started. */
		runId: text("run_id").references(() => runs.id, { onDelete: "set null" }),
		/** Until then others of its group are waited for; null once that is over. */
		dueAt: at("due_at"),
		groupKey: text("group_key").notNull().default(""),
		/** What came with it, beside the alert, for the run that has yet to start. */
		notice: jsonb("notice").$type<JsonObject>(),
		/** Why it has no run, in a sentence. */
		reason: text("reason"),
		/** What is to be done when it is resolved has been done. */
		isSettled: boolean("is_settled").notNull().default(false),
		at: at("at").notNull().defaultNow(),
	},
	(t) => [
		primaryKey({ columns: [t.alertId, t.workflowId, t.key] }),
		index("alert_runs_due").on(t.dueAt).where(sql`due_at is not null`),
		index("alert_runs_run").on(t.runId),
		index("alert_runs_workflow").on(t.workflowId),
	],
);

/** What Weft has last heard from an Alertmanager, by a trigger. */
export const alertSources = pgTable("alert_sources", {
	triggerId: text("trigger_id")
		.primaryKey()
		.references(() => triggers.id, { onDelete: "cascade" }),
	/** When a notification came, and for which of Alertmanager's receivers. */
	heardAt: at("heard_at"),
	receiver: text("receiver").notNull().default(""),
	/** Its alerts were read by its API, and why that failed the last time. */
	readAt: at("read_at"),
	problem: text("problem"),
});
