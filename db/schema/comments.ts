import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Mention } from "@/server/comments/mention-text";
import type { Actor } from "@/server/runs/events";
import { at } from "./at";
import { runs } from "./runs";
import { teams } from "./teams";

/**
 * What is said about a run, or about one step of it, by members of its team and by comment steps. Those of steps are written
 * by a trigger on `run_events`, in the statement that records the step.
 */
export const runComments = pgTable(
	"run_comments",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		/** Null for a comment on the run as a whole. */
		nodeId: text("node_id"),
		/** The order in which they were said. */
		seq: bigint("seq", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
		author: jsonb("author").$type<Actor>().notNull(),
		/** Markdown, with people as `<@id>`. */
		text: text("text").notNull(),
		/** Null until the people in a step's comment have been looked up. */
		mentions: jsonb("mentions").$type<Mention[]>(),
		/** Counts its changes. */
		revision: integer("revision").notNull().default(1),
		createdAt: at("created_at").notNull().defaultNow(),
		editedAt: at("edited_at"),
	},
	(t) => [
		index("run_comments_place").on(t.runId, t.nodeId, t.seq),
		index("run_comments_team").on(t.teamId),
		index("run_comments_unread").on(t.seq).where(sql`${t.mentions} is null`),
	],
);

/** Discussions that are settled; the next comment opens one again. */
export const resolvedThreads = pgTable(
	"resolved_threads",
	{
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		/** Empty for the discussion of the run as a whole. */
		nodeId: text("node_id").notNull(),
		by: jsonb("by").$type<Actor>().notNull(),
		at: at("at").notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.runId, t.nodeId] })],
);
