import { sql } from "drizzle-orm";
import { boolean, date, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { TokenPrice } from "@/server/runs/events";
import { at } from "./at";
import { runs } from "./runs";
import { teams, users } from "./teams";
import { workflows } from "./workflows";

/** What a model was asked for outside of runs. */
export const MODEL_CALL_PURPOSES = ["describe-workflow", "explain-workflow", "explain-failure", "prompt-test"] as const;

/**
 * The one home of what calls of models took and cost, with the price that held then. Steps write it with their record (what
 * they `spend`, and the `usage` of a transcript's entry), all else by `recordModelCall`. Outlives the run.
 */
export const modelCalls = pgTable(
	"model_calls",
	{
		id: text("id").primaryKey().default(sql`gen_random_uuid()::text`),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** Who asked outside of a run; null once that person is gone. */
		userId: text("user_id").references(() => users.id, { onDelete: "set null" }),
		/** What it was about; null where that is no workflow, or one that is gone. */
		workflowId: text("workflow_id").references(() => workflows.id, { onDelete: "set null" }),
		/** Null outside of runs, and once the run is gone. */
		runId: text("run_id").references(() => runs.id, { onDelete: "set null" }),
		nodeId: text("node_id"),
		iteration: text("iteration").notNull().default(""),
		purpose: text("purpose", { enum: ["step", ...MODEL_CALL_PURPOSES] }).notNull(),
		provider: text("provider").notNull(),
		model: text("model").notNull(),
		/** The buckets are disjoint: see `Usage`. */
		inputTokens: integer("input_tokens").notNull(),
		cacheReadTokens: integer("cache_read_tokens").notNull().default(0),
		cacheWriteTokens: integer("cache_write_tokens").notNull().default(0),
		outputTokens: integer("output_tokens").notNull(),
		reasoningTokens: integer("reasoning_tokens").notNull().default(0),
		costUsd: doublePrecision("cost_usd").notNull(),
		estimated: boolean("estimated").notNull(),
		/** A subscription pays: the cost is what it would have been, and counts in no sum and no budget. */
		notional: boolean("notional").notNull().default(false),
		/** What the cost was computed by; null where the provider reported the cost itself. */
		price: jsonb("price").$type<TokenPrice>(),
		at: at("at").notNull().defaultNow(),
	},
	(t) => [
		index("model_calls_team_at").on(t.teamId, t.at),
		index("model_calls_workflow_at").on(t.workflowId, t.at),
		index("model_calls_run").on(t.runId).where(sql`run_id is not null`),
	],
);

/**
 * What the calls of a month of UTC have cost, per workflow: what budgets are checked by before each call. A trigger of
 * `model_calls` keeps it.
 */
export const monthSpending = pgTable(
	"month_spending",
	{
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** Its first day. */
		month: date("month", { mode: "string" }).notNull(),
		/** "" for calls outside of workflows. The row of a workflow that was deleted stays. */
		workflowId: text("workflow_id").notNull().default(""),
		costUsd: doublePrecision("cost_usd").notNull(),
	},
	(t) => [primaryKey({ columns: [t.teamId, t.month, t.workflowId] })],
);

/** The parts of a budget, in percent, of which people are told once a month. */
export const BUDGET_THRESHOLDS = [80, 100] as const;

/** Of which thresholds of budgets people have been told. */
export const budgetNotices = pgTable(
	"budget_notices",
	{
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		month: date("month", { mode: "string" }).notNull(),
		/** "" for the team's own budget. */
		workflowId: text("workflow_id").notNull().default(""),
		threshold: integer("threshold").notNull(),
		at: at("at").notNull().defaultNow(),
	},
	(t) => [primaryKey({ columns: [t.teamId, t.month, t.workflowId, t.threshold] })],
);
