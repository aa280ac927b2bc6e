import {
	doublePrecision,
	foreignKey,
	index,
	integer,
	json,
	pgTable,
	primaryKey,
	text,
	uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Json } from "@/server/plan/values/json";
import { at } from "./at";
import { teams, users } from "./teams";

/** A stored plan may be of an earlier version: read it with `readStoredPlan`. */
type StoredPlan = unknown;

/** Plans by content: the sha-256 of their canonical JSON, so a run keeps the exact plan it started with. */
export const plans = pgTable(
	"plans",
	{
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		hash: text("hash").notNull(),
		/** Stored whole; positions and notes are not part of the hash, so the first drawing of a hash is kept. */
		plan: json("plan").$type<StoredPlan>().notNull(),
		createdAt: at("created_at").notNull().defaultNow(),
		/** When it was stored last: a reference to it may be about to be written. */
		storedAt: at("stored_at").notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.teamId, t.hash] })],
);

export const FAILURE_RULES = ["team", "also", "nobody"] as const;

export const workflows = pgTable(
	"workflows",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** URL-safe and unique in the team; the name of its file: `{slug}.workflow.yml`. */
		slug: text("slug").notNull(),
		/** Slugs that it had before: links to them still lead here, and no other workflow gets one. */
		formerSlugs: text("former_slugs").array().notNull().default([]),
		name: text("name").notNull(),
		description: text("description").notNull().default(""),
		/** What is being drawn; may hold errors. Kept as text, like a plan: the order of a step's fields is the author's. */
		draft: json("draft").$type<StoredPlan>().notNull(),
		/** Raised by every save of the draft; a save names the revision it started from. */
		revision: integer("revision").notNull().default(1),
		/** Who saved this revision of the draft, and when. */
		savedBy: text("saved_by").references(() => users.id, { onDelete: "set null" }),
		savedAt: at("saved_at").notNull().defaultNow(),
		/** The editor's idempotency key of that save, to recognize one whose answer was lost. */
		saveId: text("save_id"),
		/** The published version, null until the first. */
		currentVersion: integer("current_version"),
		/** The number of the next run, shown to people as #1284. */
		nextRunNumber: integer("next_run_number").notNull().default(1),
		createdBy: text("created_by").references(() => users.id, { onDelete: "set null" }),
		createdAt: at("created_at").notNull().defaultNow(),
		updatedAt: at("updated_at").notNull().defaultNow(),
		archivedAt: at("archived_at"),
		/** What calls of models may cost in a month of UTC; null without a limit. Not part of any version. */
		budgetUsd: doublePrecision("budget_usd"),
		/** Who is told when it fails: whom the team tells, its own destinations too, or nobody. Not part of any version. */
		failureRule: text("failure_rule", { enum: FAILURE_RULES }).notNull().default("team"),
	},
	(t) => [uniqueIndex("workflows_team_slug").on(t.teamId, t.slug), index("workflows_team").on(t.teamId, t.updatedAt)],
);

export const workflowVersions = pgTable(
	"workflow_versions",
	{
		teamId: text("team_id").notNull(),
		workflowId: text("workflow_id")
			.notNull()
			.references(() => workflows.id, { onDelete: "cascade" }),
		version: integer("version").notNull(),
		planHash: text("plan_hash").notNull(),
		note: text("note").notNull().default(""),
		publishedBy: text("published_by").references(() => users.id, { onDelete: "set null" }),
		publishedAt: at("published_at").notNull().defaultNow(),
	},
	(t) => [
		primaryKey({ columns: [t.workflowId, t.version] }),
		index("workflow_versions_plan").on(t.teamId, t.planHash),
		foreignKey({ columns: [t.teamId, t.planHash], foreignColumns: [plans.teamId, plans.hash] }),
	],
);

/** Outputs that stand in for steps when others are tried. They belong to the draft alone: no version has them. */
export const workflowPins = pgTable(
	"workflow_pins",
	{
		workflowId: text("workflow_id")
			.notNull()
			.references(() => workflows.id, { onDelete: "cascade" }),
		nodeId: text("node_id").notNull(),
		output: json("output").$type<Json>().notNull(),
		pinnedBy: text("pinned_by").references(() => users.id, { onDelete: "set null" }),
		pinnedAt: at("pinned_at").notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.workflowId, t.nodeId] })],
);

/** Who has a workflow open, tab by tab. Forgotten within seconds, so the table is unlogged: a crash may empty it. */
export const workflowVisitors = pgTable(
	"workflow_visitors",
	{
		workflowId: text("workflow_id")
			.notNull()
			.references(() => workflows.id, { onDelete: "cascade" }),
		userId: text("user_id")
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		/** The browser tab's name for itself. */
		tab: text("tab").notNull(),
		selected: text("selected").array().notNull(),
		joinedAt: at("joined_at").notNull().defaultNow(),
		seenAt: at("seen_at").notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.workflowId, t.userId, t.tab] })],
);
