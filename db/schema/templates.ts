import { boolean, index, integer, json, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { CategoryId } from "@/server/templates/template-file";
import { at } from "./at";
import { teams, users } from "./teams";
import { workflows } from "./workflows";

/** Of which template a workflow was made, so that it can be told of newer versions. */
export const workflowOrigins = pgTable(
	"workflow_origins",
	{
		workflowId: text("workflow_id")
			.primaryKey()
			.references(() => workflows.id, { onDelete: "cascade" }),
		/** The template's slug. Nothing depends on the template: it may be gone. */
		template: text("template").notNull(),
		version: integer("version").notNull(),
		/** The template's plan as it was: what both sides have changed since is found against it. */
		base: json("base").$type<unknown>().notNull(),
		usedBy: text("used_by").references(() => users.id, { onDelete: "set null" }),
		usedAt: at("used_at").notNull().defaultNow(),
	},
	(t) => [index("workflow_origins_template").on(t.template)],
);

/** Workflows that were published as templates. Those that come with Weft are files. */
export const templates = pgTable(
	"templates",
	{
		id: text("id").primaryKey(),
		slug: text("slug").notNull().unique(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** Where new versions come from. */
		workflowId: text("workflow_id").references(() => workflows.id, { onDelete: "set null" }),
		name: text("name").notNull(),
		description: text("description").notNull(),
		category: text("category").$type<CategoryId>().notNull(),
		/** The last version: what its team sees. */
		version: integer("version").notNull(),
		/** Asked to be seen by everybody. */
		isForInstance: boolean("is_for_instance").notNull(),
		/** What everybody sees, once an administrator has approved it. */
		approvedVersion: integer("approved_version"),
		declinedVersion: integer("declined_version"),
		/** Taken back: nobody finds it, and workflows made of it stay. */
		unpublishedAt: at("unpublished_at"),
		createdAt: at("created_at").notNull().defaultNow(),
		updatedAt: at("updated_at").notNull().defaultNow(),
	},
	(t) => [index("templates_team").on(t.teamId), uniqueIndex("templates_workflow").on(t.workflowId)],
);

export const templateVersions = pgTable(
	"template_versions",
	{
		templateId: text("template_id")
			.notNull()
			.references(() => templates.id, { onDelete: "cascade" }),
		version: integer("version").notNull(),
		plan: json("plan").$type<unknown>().notNull(),
		note: text("note").notNull(),
		/** A run of this very plan, as its page plays it; null when none was chosen. */
		sampleRun: json("sample_run").$type<unknown>(),
		/** When an administrator showed it to everybody; kept when a later version is shown instead. */
		approvedAt: at("approved_at"),
		publishedBy: text("published_by").references(() => users.id, { onDelete: "set null" }),
		publishedAt: at("published_at").notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.templateId, t.version] })],
);
