import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at } from "./at";
import { runs } from "./runs";
import { teams } from "./teams";

/** Approvals that are asked in a channel of Slack: one message each, whose buttons go when it is decided. */
export const slackApprovals = pgTable(
	"slack_approvals",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		nodeId: text("node_id").notNull(),
		iteration: text("iteration").notNull(),
		/** The name of the team's credential: its bot posts, its signing secret proves what is clicked. */
		credential: text("credential").notNull(),
		/** As the step names it. */
		channel: text("channel").notNull(),
		/** Who may decide without an account, by the ids that Slack knows them by. */
		people: text("people").array().notNull(),
		/** The message, as Slack knows it; null before it is posted. */
		channelId: text("channel_id"),
		ts: text("ts"),
		/** The workspace that the bot is of; addresses of people of others are not believed. */
		workspace: text("workspace"),
		createdAt: at("created_at").notNull().defaultNow(),
		/** When it is to be posted or changed, once there is something to change. */
		dueAt: at("due_at").notNull().defaultNow(),
		tries: integer("tries").notNull().default(0),
		/** Since when there is nothing more to do. */
		closedAt: at("closed_at"),
	},
	(t) => [
		uniqueIndex("slack_approvals_once").on(t.runId, t.nodeId, t.iteration),
		index("slack_approvals_due").on(t.dueAt).where(sql`${t.closedAt} is null`),
		index("slack_approvals_team").on(t.teamId),
	],
);
