import type { Sql } from "@/db/client";
import type { JsonObject } from "@/server/plan/values/json";
import type { StepRef } from "../step-ref";
import { toJsonText } from "./json-text";

/** What a loop decided after one of its iterations. */
export interface LoopDecision {
	stop: boolean;
	/** Why it could not decide: the loop fails. */
	problem: string | null;
	/** Its variables after the iteration. */
	vars: JsonObject;
}

/** As it is stored: redacted; `sealed` holds the whole variables, encrypted, if the redaction changed them. */
export interface RecordedDecision extends LoopDecision {
	sealed: string | null;
}

/** @param at the loop, and the path of the iteration that ended */
export async function readLoopDecision(sql: Sql, at: StepRef): Promise<RecordedDecision | undefined> {
	const [row] = await sql<RecordedDecision[]>`
		select stop, problem, vars, sealed from loop_iterations
		where run_id = ${at.runId} and node_id = ${at.nodeId} and iteration = ${at.iteration}`;
	return row;
}

/** What ended a container: the iterations after which it stopped or could not decide, in their order. */
export async function readLastDecisions(
	sql: Sql,
	container: Pick<StepRef, "runId" | "nodeId"> & { iterations: string },
): Promise<{ iteration: string; problem: string | null }[]> {
	const { runId, nodeId, iterations } = container;
	return await sql<{ iteration: string; problem: string | null }[]>`
		select iteration, problem from loop_iterations
		where run_id = ${runId} and node_id = ${nodeId} and iteration ~ ${iterations} and (stop or problem is not null)
		order by string_to_array(iteration, '.')::int[]`;
}

/**
 * Records what a loop decided after an iteration, once: a decision that stands already is answered instead, so that
 * whoever repeats the check goes the same way. Undefined when the run has ended.
 */
export async function recordLoopDecision(
	sql: Sql,
	at: StepRef,
	decision: RecordedDecision,
): Promise<RecordedDecision | undefined> {
	const [made] = await sql<RecordedDecision[]>`
		with run as materialized (
			select 1 from runs where id = ${at.runId} and ended_at is null for update
		)
		insert into loop_iterations (run_id, node_id, iteration, stop, problem, vars, sealed)
		select ${at.runId}, ${at.nodeId}, ${at.iteration}, ${decision.stop}, ${decision.problem},
			${toJsonText(decision.vars)}::text::json, ${decision.sealed}
		from run
		on conflict do nothing returning stop, problem, vars, sealed`;
	return made ?? (await readLoopDecision(sql, at));
}
