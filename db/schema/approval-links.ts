import { boolean, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at } from "./at";
import { runs } from "./runs";
import { teams } from "./teams";

/** Links by which an approval is decided from a mail: one for each address that it is mailed to. */
export const approvalLinks = pgTable(
	"approval_links",
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
		address: text("address").notNull(),
		/** Whether the address decides by itself; else it has to be that of a member who may. */
		needsNoAccount: boolean("needs_no_account").notNull(),
		/** The sha-256 of the token, in hex; null before it is mailed. */
		tokenHash: text("token_hash").unique(),
		createdAt: at("created_at").notNull().defaultNow(),
		/** When it is to be mailed; null if it was, or is not any more. */
		mailAt: at("mail_at").defaultNow(),
		mailTries: integer("mail_tries").notNull().default(0),
		usedAt: at("used_at"),
	},
	(t) => [
		uniqueIndex("approval_links_once").on(t.runId, t.nodeId, t.iteration, t.address),
		index("approval_links_mail").on(t.mailAt),
		index("approval_links_team").on(t.teamId),
	],
);
