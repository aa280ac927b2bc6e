import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { KindName } from "@/server/notifications/catalog";
import { at } from "./at";
import { runs } from "./runs";
import { teams, users } from "./teams";

/** What people are told of. Goes with whatever it is about. */
export const notifications = pgTable(
	"notifications",
	{
		id: text("id").primaryKey(),
		/** Who is told. */
		userId: text("user_id")
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		kind: text("kind").$type<KindName>().notNull(),
		/** What happened: the same key is told of once. */
		key: text("key").notNull(),
		/** The run it is about, the last one where several are counted; null where it is about none. */
		runId: text("run_id").references(() => runs.id, { onDelete: "cascade" }),
		data: jsonb("data").notNull(),
		/** How often it happened. */
		count: integer("count").notNull().default(1),
		/** When it happened last. */
		at: at("at").notNull().defaultNow(),
		readAt: at("read_at"),
		/** False for one that is only mailed. */
		isShown: boolean("is_shown").notNull().default(true),
		/** When it is to be mailed if it is unread then; null if it is not, or no more. */
		mailAt: at("mail_at"),
		mailTries: integer("mail_tries").notNull().default(0),
		mailedAt: at("mailed_at"),
	},
	(t) => [
		uniqueIndex("notifications_once").on(t.userId, t.kind, t.key),
		index("notifications_user").on(t.userId, t.at, t.id),
		index("notifications_mail").on(t.mailAt),
		index("notifications_team").on(t.teamId),
		index("notifications_run").on(t.runId),
	],
);

/** What somebody has switched, of a kind of notifications; without a row its defaults hold. */
export const notificationSwitches = pgTable(
	"notification_switches",
	{
		userId: text("user_id")
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		kind: text("kind").$type<KindName>().notNull(),
		isShown: boolean("is_shown").notNull(),
		isMailed: boolean("is_mailed").notNull(),
	},
	(t) => [primaryKey({ columns: [t.userId, t.kind] })],
);
