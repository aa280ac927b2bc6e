import { sql } from "drizzle-orm";
import { bigserial, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { JsonObject } from "@/server/plan/values/json";
import { at } from "./at";
import { runs } from "./runs";
import { teams, users } from "./teams";
import { workflows } from "./workflows";

/** Where a team is told that a workflow has begun to fail, or works again; without a workflow: of all of them. */
export const failureDestinations = pgTable(
	"failure_destinations",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		workflowId: text("workflow_id").references(() => workflows.id, { onDelete: "cascade" }),
		/** `inbox`, or a type of step that tells of failures. */
		type: text("type").notNull(),
		/** Its settings by name; of a credential the name, never a value. */
		fields: jsonb("fields").$type<Record<string, string>>().notNull(),
		/** Who hears that nothing could be sent there. */
		setBy: text("set_by").references(() => users.id, { onDelete: "set null" }),
		createdAt: at("created_at").notNull().defaultNow(),
	},
	(t) => [index("failure_destinations_team").on(t.teamId), index("failure_destinations_workflow").on(t.workflowId)],
);

/** The workflows whose last run has failed. A row goes with the run that completes. */
export const failingWorkflows = pgTable("failing_workflows", {
	workflowId: text("workflow_id")
		.primaryKey()
		.references(() => workflows.id, { onDelete: "cascade" }),
	/** The id of the first run that failed: what is told of one episode is told once. */
	episode: text("episode").notNull(),
	since: at("since").notNull().defaultNow(),
	/** The runs that have failed since. */
	failures: integer("failures").notNull().default(1),
});

export const FAILURE_CHANGES = ["failed", "recovered", "budget"] as const;

/** What is to be told to whom: written in the transaction that ends the run, sent by a chore. */
export const failureNotices = pgTable(
	"failure_notices",
	{
		id: text("id").primaryKey().default(sql`gen_random_uuid()::text`),
		/** What is told of a workflow is sent in this order. */
		seq: bigserial("seq", { mode: "number" }).notNull(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		destinationId: text("destination_id")
			.notNull()
			.references(() => failureDestinations.id, { onDelete: "cascade" }),
		/** Null of a team's budget. */
		workflowId: text("workflow_id").references(() => workflows.id, { onDelete: "cascade" }),
		/** Null of a budget. */
		runId: text("run_id").references(() => runs.id, { onDelete: "cascade" }),
		episode: text("episode").notNull(),
		change: text("change", { enum: FAILURE_CHANGES }).notNull(),
		data: jsonb("data").$type<JsonObject>().notNull(),
		createdAt: at("created_at").notNull().defaultNow(),
		/** When it is to be sent; null once it was, or is not any more. */
		sendAt: at("send_at").defaultNow(),
		tries: integer("tries").notNull().default(0),
		sentAt: at("sent_at"),
		/** When it was given up. */
		failedAt: at("failed_at"),
		/** Why it was not sent the last time. */
		problem: text("problem"),
	},
	(t) => [
		uniqueIndex("failure_notices_once").on(t.episode, t.destinationId, t.change),
		index("failure_notices_due").on(t.sendAt).where(sql`send_at is not null`),
		index("failure_notices_destination").on(t.destinationId, t.seq),
		index("failure_notices_workflow").on(t.workflowId),
		index("failure_notices_run").on(t.runId),
		index("failure_notices_team").on(t.teamId),
	],
);
