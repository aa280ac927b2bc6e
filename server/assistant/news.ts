import type { PlanChange } from "@/server/plan/changes/plan-change";
import type { Issue } from "@/server/plan/issue";

/** What a model was asked tells while it goes on; the last is `done` or `failed`. */
export type AssistantNews =
	| { type: "change"; change: PlanChange }
	| { type: "text"; text: string }
	/** The check has found problems, and the model is asked to repair them. */
	| { type: "repair"; attempt: number; problems: string[] }
	| { type: "cost"; model: string; costUsd: number; estimated: boolean }
	/** `issues`: what is still to be done by a person. */
	| { type: "done"; issues: Issue[] }
	| { type: "failed"; message: string };

export interface Asking {
	tell(news: AssistantNews): void;
	signal: AbortSignal;
}
