import type { SqlLike } from "@/db/client";
import type { JsonObject } from "@/server/plan/values/json";
import type { Actor } from "../events";
import type { PinnedPrompts } from "./pinned-prompts";
import type { PinnedScope } from "./pinned-scope";
import type { RunFork } from "./run-fork";

/** What never changes about a run, as it is stored. */
export interface RunRow {
	id: string;
	number: number;
	teamId: string;
	workflowId: string;
	workflowName: string;
	actor: Actor;
	trigger: string;
	payload: JsonObject;
	input: JsonObject;
	pinned: PinnedScope | null;
	prompts: PinnedPrompts;
	/** The turn of another run from which it goes on; null for any other run. */
	fork: RunFork | null;
	planHash: string;
}

/** The columns of a `RunRow`, in a statement that has the run as `r` and its workflow as `w`. */
export function runColumns(sql: SqlLike) {
	return sql`r.id, r.number, r.team_id as "teamId", r.workflow_id as "workflowId", w.name as "workflowName", r.actor,
		r.trigger, r.payload, r.input, r.pinned, r.prompts, r.fork, r.plan_hash as "planHash"`;
}
