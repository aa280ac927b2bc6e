import { integer, json, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Json } from "@/server/plan/values/json";
import { at } from "./at";
import { runs } from "./runs";

/**
 * What a step that thinks has done, in the order in which it ended: turns of its model, calls of tools as they begin, and
 * their results. An interrupted step goes on behind the last of them.
 */
export const agentTurns = pgTable(
	"agent_turns",
	{
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		nodeId: text("node_id").notNull(),
		iteration: text("iteration").notNull().default(""),
		/** From 1. */
		seq: integer("seq").notNull(),
		entry: json("entry").$type<Json>().notNull(),
		/** The whole entry, encrypted, if `entry` is redacted; else null. */
		sealed: text("sealed"),
		at: at("at").notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.runId, t.nodeId, t.iteration, t.seq] })],
);
