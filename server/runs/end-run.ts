import type { Sql, TransactionSql } from "postgres";
import type { Json } from "../plan/json";
import { admitNextRun } from "./admit-runs";
import { appendEvents, RUN_SIGNALS_CHANNEL } from "./append-events";
import type { StepRef } from "./claim-step";
import type { Actor, NewRunEvent, StepError } from "./events";
import { toJsonText } from "./json-text";
import { insertSkipped } from "./record-skipped";

export type RunEnd =
	| { status: "completed"; output?: Json }
	| { status: "failed"; error: StepError; nodeId?: string }
	| { status: "cancelled"; actor: Actor; reason?: string }
	| { status: "timed_out"; limitSeconds: number };

/**
 * Ends a run, once: cancels what still runs or waits in it, records how it ended, frees its place for the next run
 * of its workflow, and tells the workers to kill its processes. Returns false when it had ended already.
 */
export async function endRun(
	sql: Sql,
	runId: string,
	how: { end: RunEnd; skipped?: readonly Pick<StepRef, "nodeId" | "iteration">[] },
): Promise<boolean> {
	return await sql.begin(async (tx) => {
		const [run] = await tx<{ ended: boolean; workflowId: string }[]>`
			select ended_at is not null as ended, workflow_id as "workflowId" from runs where id = ${runId} for update`;
		if (run === undefined || run.ended) return false;
		const skipped = await insertSkipped(tx, runId, how.skipped ?? []);
		const cancelled = await cancelLiveSteps(tx, runId);
		const { end } = how;
		await tx`
			update runs set status = ${end.status}, ended_at = now(),
				output = ${end.status === "completed" && end.output !== undefined ? toJsonText(end.output) : null}::text::jsonb,
				error = ${end.status === "failed" ? toJsonText(end.error) : null}::text::jsonb
			where id = ${runId}`;
		await tx`delete from outbox where run_id = ${runId}`;
		await appendEvents(tx, runId, [...skipped, ...cancelled, endEvent(end)]);
		await tx`select pg_notify(${RUN_SIGNALS_CHANNEL}, ${runId})`;
		await admitNextRun(tx, run.workflowId);
		return true;
	});
}

type Place = Pick<StepRef, "nodeId" | "iteration">;

async function cancelLiveSteps(tx: TransactionSql, runId: string): Promise<NewRunEvent[]> {
	const rows = await tx<Place[]>`
		update run_steps set status = 'cancelled', owner = null, claim = claim + 1, ended_at = now()
		where run_id = ${runId} and status in ('running', 'retrying', 'open', 'waiting')
		returning node_id as "nodeId", iteration`;
	return rows.map((row) => ({ type: "step.cancelled", ...row, data: {} }));
}

function endEvent(end: RunEnd): NewRunEvent {
	switch (end.status) {
		case "completed":
			return { type: "run.completed", data: { output: end.output } };
		case "failed":
			return { type: "run.failed", data: { error: end.error, nodeId: end.nodeId } };
		case "cancelled":
			return { type: "run.cancelled", data: { actor: end.actor, reason: end.reason } };
		case "timed_out":
			return { type: "run.timed_out", data: { limitSeconds: end.limitSeconds } };
	}
}
