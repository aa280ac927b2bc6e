import { sql } from "drizzle-orm";
import { integer, json, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { CaseResult, Expectation } from "@/server/plan/prompts/prompt-case";
import type { JsonObject } from "@/server/plan/values/json";
import { at } from "./at";
import { teams, users } from "./teams";

/** The prompt library of a team. What was removed stays for the runs that have used it. */
export const prompts = pgTable(
	"prompts",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** As the front matter of the latest version says. */
		name: text("name").notNull(),
		/** Names that it had before: steps that name one of them still find it, and no other prompt gets one. */
		formerNames: text("former_names").array().notNull().default([]),
		description: text("description").notNull(),
		/** The JSON schema of the latest version’s variables. */
		variables: json("variables").$type<JsonObject>().notNull(),
		/** The latest version. */
		version: integer("version").notNull(),
		savedBy: text("saved_by").references(() => users.id, { onDelete: "set null" }),
		savedAt: at("saved_at").notNull().defaultNow(),
		createdAt: at("created_at").notNull().defaultNow(),
		removedAt: at("removed_at"),
	},
	(t) => [uniqueIndex("prompts_team_name").on(t.teamId, t.name).where(sql`${t.removedAt} is null`)],
);

/** Versions are never changed. */
export const promptVersions = pgTable(
	"prompt_versions",
	{
		promptId: text("prompt_id")
			.notNull()
			.references(() => prompts.id, { onDelete: "cascade" }),
		version: integer("version").notNull(),
		/** The whole file: front matter and body. */
		text: text("text").notNull(),
		variables: json("variables").$type<JsonObject>().notNull(),
		note: text("note").notNull().default(""),
		savedBy: text("saved_by").references(() => users.id, { onDelete: "set null" }),
		savedAt: at("saved_at").notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.promptId, t.version] })],
);

/** What a prompt is tested with: values for its variables, and what is expected of the answer. */
export const promptCases = pgTable(
	"prompt_cases",
	{
		id: text("id").primaryKey(),
		promptId: text("prompt_id")
			.notNull()
			.references(() => prompts.id, { onDelete: "cascade" }),
		name: text("name").notNull(),
		variables: json("variables").$type<JsonObject>().notNull(),
		expectation: json("expectation").$type<Expectation>().notNull(),
		/** Of the last time that it was tried, with whatever text; null before the first. */
		result: json("result").$type<CaseResult>(),
		savedBy: text("saved_by").references(() => users.id, { onDelete: "set null" }),
		savedAt: at("saved_at").notNull().defaultNow(),
	},
	(t) => [uniqueIndex("prompt_cases_name").on(t.promptId, t.name)],
);
