import { sql } from "drizzle-orm";
import { index, json, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { FormField } from "@/server/plan/form-field";
import type { JsonObject } from "@/server/plan/values/json";
import { at } from "./at";
import { users } from "./teams";
import { hooks } from "./triggers";
import { workflows } from "./workflows";

/** Of triggers of drafts: what tests begin with, and whether the draft waits for one to come. No version has them. */
export const testEvents = pgTable(
	"test_events",
	{
		workflowId: text("workflow_id")
			.notNull()
			.references(() => workflows.id, { onDelete: "cascade" }),
		/** The trigger's id in the draft. */
		key: text("key").notNull(),
		type: text("type").notNull(),
		/** Until when the draft waits; null when it does not. */
		until: at("until"),
		/** Names the wait, so that what comes ends it once. */
		waitId: text("wait_id"),
		since: at("since"),
		startedBy: text("started_by").references(() => users.id, { onDelete: "set null" }),
		/** The trigger, and the form, as the draft had them when the wait began. */
		config: json("config").$type<JsonObject>(),
		form: json("form").$type<FormField[]>(),
		/** The address at which it waits; null for what is told by Weft itself. */
		hookId: text("hook_id").references(() => hooks.id, { onDelete: "set null" }),
		/** Why what came last did not end the wait. */
		problem: text("problem"),
		/** What has come, as deliveries keep it; null when nothing is pinned. */
		request: json("request").$type<JsonObject>(),
		/** Names what has come. */
		eventId: text("event_id"),
		receivedAt: at("received_at"),
	},
	(t) => [
		primaryKey({ columns: [t.workflowId, t.key] }),
		index("test_events_hook").on(t.hookId).where(sql`until is not null`),
		index("test_events_waiting").on(t.type).where(sql`until is not null`),
	],
);
