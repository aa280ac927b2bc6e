import type { Sql, TransactionSql } from "postgres";
import { newId } from "@/db/new-id";
import { WeftError } from "../errors";
import type { Json, JsonObject } from "../plan/json";
import type { PlanSettings } from "../plan/plan";
import { appendEvents } from "./append-events";
import type { Actor } from "./events";
import { toJsonText } from "./json-text";
import { queueEngineEvent, runRequested, sendOutbox } from "./outbox";

export interface NewRun {
	teamId: string;
	workflowId: string;
	/** Null for a run of the draft. */
	version: number | null;
	/** A plan that is stored already. */
	planHash: string;
	settings: PlanSettings;
	actor: Actor;
	trigger: string;
	payload: JsonObject;
	input: Record<string, Json>;
	/** The caller's name for this start: the same one twice is the same run. */
	requestId: string | null;
	/** The evaluated key of the concurrency rule; null when the plan has none. */
	concurrencyKey: string | null;
}

export interface InsertedRun {
	runId: string;
	number: number;
	/** Runs that the `cancel-previous` rule says must go. */
	replaces: string[];
}

/**
 * Inserts a run, its first event and its outbox row in one transaction, then hands the event to the engine. If that last
 * part fails the reconciler does it again: a run is never stuck in `queued`.
 */
export async function insertRun(sql: Sql, run: NewRun): Promise<InsertedRun> {
	const inserted = await sql
		.begin(async (tx) => {
			const [counter] = await tx<{ number: number }[]>`
			update workflows set next_run_number = next_run_number + 1 where id = ${run.workflowId} and team_id = ${run.teamId}
			returning next_run_number - 1 as number`;
			if (counter === undefined) throw new WeftError("not_found", "There is no such workflow.");
			const known = await findRequest(tx, run);
			if (known !== undefined) throw new KnownRequest(known);
			const active = run.concurrencyKey === null ? [] : await findActive(tx, run, run.concurrencyKey);
			const room = admission(run.settings, active);
			const runId = newId();
			await insertRows(tx, { run, runId, number: counter.number });
			if (room === "now") await queueEngineEvent(tx, runRequested(runId));
			return { runId, number: counter.number, replaces: room === "now" ? active : [] };
		})
		.catch((error: unknown) => {
			if (error instanceof KnownRequest) return error.run;
			throw error;
		});
	await sendOutbox(sql, { runId: inserted.runId });
	return inserted;
}

/** Rolls the transaction back (the run number with it) when the request has made its run already. */
class KnownRequest extends Error {
	constructor(readonly run: InsertedRun) {
		super("This request has started its run already.");
	}
}

async function findRequest(tx: TransactionSql, run: NewRun): Promise<InsertedRun | undefined> {
	if (run.requestId === null) return undefined;
	const [row] = await tx<{ runId: string; number: number }[]>`
		select id as "runId", number from runs where workflow_id = ${run.workflowId} and request_id = ${run.requestId}`;
	return row && { ...row, replaces: [] };
}

async function findActive(tx: TransactionSql, run: NewRun, key: string): Promise<string[]> {
	const rows = await tx<{ id: string }[]>`
		select id from runs where workflow_id = ${run.workflowId} and concurrency_key = ${key} and ended_at is null
		order by number`;
	return rows.map((row) => row.id);
}

/** Decided under the workflow's row lock, which `insertRun` holds since it took the run number. */
function admission(settings: PlanSettings, active: readonly string[]): "now" | "later" {
	const rule = settings.concurrency;
	if (rule === undefined || active.length < rule.limit || rule.policy === "cancel-previous") return "now";
	if (rule.policy === "queue") return "later";
	throw new WeftError(
		"conflict",
		`This workflow allows ${rule.limit === 1 ? "one run" : `${rule.limit} runs`} at a time and skips the others. Try again when it has ended.`,
	);
}

async function insertRows(tx: TransactionSql, row: { run: NewRun; runId: string; number: number }): Promise<void> {
	const { run, runId, number } = row;
	await tx`
		insert into runs (id, team_id, workflow_id, number, version, plan_hash, status, actor, trigger, payload, input,
			budget_usd, concurrency_key, request_id)
		values (${runId}, ${run.teamId}, ${run.workflowId}, ${number}, ${run.version}, ${run.planHash}, 'queued',
			${toJsonText(run.actor)}::text::jsonb, ${run.trigger}, ${toJsonText(run.payload)}::text::jsonb,
			${toJsonText(run.input)}::text::jsonb, ${run.settings.budgetUsd ?? null}, ${run.concurrencyKey}, ${run.requestId})`;
	await appendEvents(tx, runId, [{ type: "run.queued", data: { actor: run.actor, trigger: run.trigger } }]);
}
