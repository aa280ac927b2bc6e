import { boolean, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { Actor } from "@/server/runs/events";
import type { Shows } from "@/server/sharing/shows";
import { at } from "./at";
import { runs } from "./runs";
import { teams } from "./teams";
import { workflows } from "./workflows";

/** Links by which people without an account see a run, or a workflow. A link never changes: another one is made. */
export const shareLinks = pgTable(
	"share_links",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		workflowId: text("workflow_id")
			.notNull()
			.references(() => workflows.id, { onDelete: "cascade" }),
		/** Null for a link of the workflow itself. */
		runId: text("run_id").references(() => runs.id, { onDelete: "cascade" }),
		/** For a link of a workflow: the version that it shows; null follows what is published. Null for one of a run. */
		version: integer("version"),
		/** The sha-256 of the token, in hex. The token itself is shown once and kept nowhere. */
		tokenHash: text("token_hash").notNull().unique(),
		/** Whom or what it is for, in the words of who made it; may be empty. */
		name: text("name").notNull(),
		shows: jsonb("shows").$type<Shows>().notNull(),
		/** scrypt, as of people; null for a link that asks for none. */
		passwordHash: text("password_hash"),
		/** Null for one that does not end by itself. */
		expiresAt: at("expires_at"),
		revokedAt: at("revoked_at"),
		views: integer("views").notNull().default(0),
		viewedAt: at("viewed_at"),
		createdBy: jsonb("created_by").$type<Actor>().notNull(),
		createdAt: at("created_at").notNull().defaultNow(),
	},
	(t) => [index("share_links_team").on(t.teamId, t.createdAt), index("share_links_workflow").on(t.workflowId)],
);

/** What a team allows of its links; a team without a row allows what the server allows. */
export const sharePolicies = pgTable("share_policies", {
	teamId: text("team_id")
		.primaryKey()
		.references(() => teams.id, { onDelete: "cascade" }),
	/** No link works while it is off. */
	isOn: boolean("is_on").notNull().default(true),
	/** How long a link lasts at most. */
	maxDays: integer("max_days"),
	needsPassword: boolean("needs_password").notNull().default(false),
});
