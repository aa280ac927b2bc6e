import type { Sql, SqlLike } from "@/db/client";
import { newId } from "@/db/new-id";
import { notifySoon } from "@/db/notify";
import type { RUN_KINDS } from "@/db/schema/runs";
import { WeftError } from "../errors";
import type { Json, JsonObject } from "../plan/json";
import type { PlanSettings } from "../plan/plan";
import { eventsText, RUN_EVENTS_CHANNEL } from "./append-events";
import type { Actor } from "./events";
import { toJsonText } from "./json-text";
import { runRequested, sendFresh } from "./outbox";
import type { PinnedScope } from "./pinned-scope";

export interface NewRun {
	teamId: string;
	workflowId: string;
	/** A run of the workflow when it is left out. */
	kind?: RunKind;
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
	/** The evaluated key of the concurrency rule; null when there is none to obey. */
	concurrencyKey: string | null;
	/** A try: what its step reads of steps that do not run. */
	pinned?: PinnedScope;
	/** The run's variables before its first step. */
	variables?: JsonObject;
}

export type RunKind = (typeof RUN_KINDS)[number];

export interface InsertedRun {
	runId: string;
	/** 0 for a try: it takes none of the workflow's numbers. */
	number: number;
	/** Runs that the `cancel-previous` rule says must go. */
	replaces: string[];
}

/**
 * Inserts a run, its first event and its outbox row in one statement, then hands the event to the engine. If that last part
 * fails the reconciler does it again: a run is never stuck in `queued`.
 */
export async function insertRun(sql: Sql, run: NewRun): Promise<InsertedRun> {
	const runId = newId();
	const inserted = await insertOnce(sql, runId, run);
	if (inserted === undefined) return await findRequest(sql, run);
	notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	if (inserted.announced) await sendFresh(sql, runRequested(runId));
	const { number, active } = inserted;
	return { runId, number, replaces: inserted.announced ? active : [] };
}

interface InsertedRow {
	number: number;
	/** Runs of the same concurrency key that have not ended. */
	active: string[];
	announced: boolean;
}

/** Undefined when the request has made its run already, or the workflow is gone. */
async function insertOnce(sql: Sql, runId: string, run: NewRun): Promise<InsertedRow | undefined> {
	if (run.concurrencyKey === null) return await insertRows(sql, { run, runId, announced: true }, []);
	return await sql.begin(async (tx) => {
		await tx`select 1 from workflows where id = ${run.workflowId} for update`;
		const rows = await tx<{ id: string }[]>`
			select id from runs
			where workflow_id = ${run.workflowId} and concurrency_key = ${run.concurrencyKey} and ended_at is null
			order by number`;
		const active = rows.map((row) => row.id);
		return await insertRows(tx, { run, runId, announced: mayBegin(run.settings, active.length) }, active);
	});
}

/** Throws when the rule says that a run beside others is not to be. */
function mayBegin({ concurrency: rule }: PlanSettings, active: number): boolean {
	if (rule === undefined || active < rule.limit || rule.policy === "cancel-previous") return true;
	if (rule.policy === "queue") return false;
	const most = rule.limit === 1 ? "one run" : `${rule.limit} runs`;
	throw new WeftError(
		"conflict",
		`This workflow allows ${most} at a time and skips the others. Try again when it has ended.`,
	);
}

async function insertRows(
	sql: SqlLike,
	row: { run: NewRun; runId: string; announced: boolean },
	active: string[],
): Promise<InsertedRow | undefined> {
	const { run, runId, announced } = row;
	const { id: outboxId, name, data } = runRequested(runId);
	const kind = run.kind ?? "workflow";
	const queued = eventsText([{ type: "run.queued", data: { actor: run.actor, trigger: run.trigger } }]);
	const [inserted] = await sql<{ number: number }[]>`
		with counter as (
			update workflows set next_run_number = next_run_number + case when ${kind === "try"} then 0 else 1 end
			where id = ${run.workflowId} and team_id = ${run.teamId}
				and not exists (select from runs where workflow_id = ${run.workflowId} and request_id = ${run.requestId})
			returning case when ${kind === "try"} then 0 else next_run_number - 1 end as number
		), made as (
			insert into runs (id, team_id, workflow_id, number, kind, version, plan_hash, status, actor, trigger, payload, input,
				pinned, budget_usd, concurrency_key, request_id, last_seq)
			select ${runId}, ${run.teamId}, ${run.workflowId}, counter.number, ${kind}, ${run.version}::int, ${run.planHash},
				'queued', ${toJsonText(run.actor)}::text::jsonb, ${run.trigger}, ${toJsonText(run.payload)}::text::json,
				${toJsonText(run.input)}::text::json, ${run.pinned === undefined ? null : toJsonText(run.pinned)}::text::json,
				${run.settings.budgetUsd ?? null}::float8, ${run.concurrencyKey}, ${run.requestId}, 1
			from counter
			returning number
		), kept as (
			insert into run_variables (run_id, key, value)
			select ${runId}, v.key, v.value from made, jsonb_each(${toJsonText(run.variables ?? {})}::text::jsonb) as v
		), logged as (
			insert into run_events (run_id, seq, type, iteration, data)
			select ${runId}, 1, e.type, '', e.data
			from made, jsonb_to_recordset(${queued}::text::jsonb) as e (type text, data jsonb)
		), announced as (
			insert into outbox (id, run_id, name, data, sends, next_at)
			select ${outboxId}, ${runId}, ${name}, ${toJsonText(data)}::text::jsonb, 1, now() + interval '2 seconds'
			from made where ${announced}
		)
		select number from made`.catch(ignoreKnownRequest);
	return inserted && { number: inserted.number, active, announced };
}

/** Two starts of the same request at once: the second one finds the first one's run. */
function ignoreKnownRequest(error: unknown): [] {
	if (error instanceof Error && "constraint_name" in error && error.constraint_name === "runs_workflow_request")
		return [];
	throw error;
}

async function findRequest(sql: Sql, run: NewRun): Promise<InsertedRun> {
	const [row] = await sql<{ runId: string; number: number }[]>`
		select id as "runId", number from runs where workflow_id = ${run.workflowId} and request_id = ${run.requestId}`;
	if (row === undefined) throw new WeftError("not_found", "There is no such workflow.");
	return { ...row, replaces: [] };
}
