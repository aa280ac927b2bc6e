import { boolean, doublePrecision, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { at } from "./at";
import { teams, users } from "./teams";
import { workflows } from "./workflows";

/** What a model was asked for outside of runs. */
export const MODEL_CALL_PURPOSES = ["describe-workflow", "explain-workflow", "explain-failure", "prompt-test"] as const;

/**
 * Answers of models that belong to no step of a run, each with what it cost; those of steps are `step.usage` events.
 * What a team spends is both together.
 */
export const modelCalls = pgTable(
	"model_calls",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		/** Who asked; null once that person is gone. */
		userId: text("user_id").references(() => users.id, { onDelete: "set null" }),
		/** What it was about; null where that is no workflow, or one that is gone. */
		workflowId: text("workflow_id").references(() => workflows.id, { onDelete: "set null" }),
		purpose: text("purpose", { enum: MODEL_CALL_PURPOSES }).notNull(),
		provider: text("provider").notNull(),
		model: text("model").notNull(),
		/** Of all buckets that a prompt is counted in: fresh, read from a cache, written to one. */
		inputTokens: integer("input_tokens").notNull(),
		/** Thinking included. */
		outputTokens: integer("output_tokens").notNull(),
		costUsd: doublePrecision("cost_usd").notNull(),
		estimated: boolean("estimated").notNull(),
		at: at("at").notNull().defaultNow(),
	},
	(t) => [index("model_calls_team_at").on(t.teamId, t.at)],
);
