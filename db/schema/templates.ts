import { index, integer, json, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { users } from "./teams";
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
		/** The template's plan, filled in as it was: what both sides have changed since is found against it. */
		base: json("base").$type<unknown>().notNull(),
		usedBy: text("used_by").references(() => users.id, { onDelete: "set null" }),
		usedAt: timestamp("used_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
	},
	(t) => [index("workflow_origins_template").on(t.template)],
);
