import type { TransactionSql } from "postgres";
import type { Sql, SqlLike } from "@/db/client";
import { newId } from "@/db/new-id";
import { notifySoon } from "@/db/notify";
import type { RUN_KINDS } from "@/db/schema/runs";
import { recordFileIn } from "@/server/artifacts/record-file";
import type { StoredFile } from "@/server/artifacts/stored-file";
import { WeftError } from "@/server/errors";
import { currentAddress } from "@/server/http/request-address";
import type { PlanSettings } from "@/server/plan/plan";
import type { Json, JsonObject } from "@/server/plan/values/json";
import type { AuditEntry } from "@/server/teams/write-audit";
import type { Trigger } from "@/server/triggers/catalog";
import type { Actor } from "../events";
import type { StepRef } from "../step-ref";
import { RUN_EVENTS_CHANNEL } from "./append-events";
import { announceAnswers } from "./called-runs";
import { cancelHeldRuns } from "./cancel-held-runs";
import { applyRule, type Replaced } from "./concurrency-rule";
import { announceEnd, type EndedRun, endRunIn, type RunEnding } from "./end-run";
import { toJsonText } from "./json-text";
import { logged, rowsOf } from "./log-events";
import { runRequested, sendCommitted } from "./outbox";
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
	trigger: Trigger["type"] | "try" | "workflow";
	payload: JsonObject;
	input: Record<string, Json>;
	/** The caller's name for this start: the same one twice is the same run. */
	requestId: string | null;
	/** The evaluated key of the concurrency rule; null if no rule applies. */
	concurrencyKey: string | null;
	/** The personal credentials of the actor that its steps read, by name. */
	ownCredentials?: readonly string[];
	/** Written with the run: about the run, with its number, when no target is given. */
	audit?: Pick<AuditEntry, "action" | "detail"> & { target?: AuditEntry["target"] };
	/** A try: what its step reads of steps that do not run. */
	pinned?: PinnedScope;
	/** The run's variables before its first step. */
	variables?: readonly FirstVariable[];
	/** Files that it begins with, which are stored already. */
	files?: readonly StoredFile[];
	/** The step of another run that starts it. */
	caller?: CallingStep;
	/** How many runs started each other by events until this one; a caller says so itself. */
	depth?: number;
}

export interface CallingStep extends StepRef {
	/** Whether the step waits for the end of the run, which ends with it. */
	isAwaited: boolean;
	/** How many runs called each other until the new one. */
	depth: number;
}

export interface FirstVariable {
	key: string;
	value: Json;
	/** Where secrets are hidden in `value`: the value itself, as it was sealed in another run. */
	sealed?: { text: string; runId: string };
}

export type RunKind = (typeof RUN_KINDS)[number];

export interface InsertedRun {
	runId: string;
	/** 0 for a try: it takes none of the workflow's numbers. */
	number: number;
}

/**
 * Inserts a run with its first event, its outbox row and its audit entry, and ends the runs that it replaces, all or
 * nothing; then hands the event to the engine. If that last part fails the outbox does it again: a run is never stuck in
 * `queued`. Throws `conflict` when the workflow's concurrency rule refuses a run beside others.
 */
export async function insertRun(sql: Sql, run: NewRun): Promise<InsertedRun> {
	const runId = newId();
	const inserted =
		ruleOf(run) || run.files?.length
			? await sql.begin((tx) => insertRunIn(tx, runId, run))
			: { number: await insertRows(sql, { run, runId, held: false }), ...NOTHING_ELSE };
	return await announceInserted(sql, { runId, run }, inserted);
}

/** What remains to be done once the transaction of `insertRunIn` is committed. */
export async function announceInserted(
	sql: Sql,
	{ runId, run }: { runId: string; run: NewRun },
	{ number, held, replaced, withdrawn }: Inserted,
): Promise<InsertedRun> {
	if (number === undefined) return await findRequest(sql, run);
	notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	if (!held) sendCommitted(sql, runRequested({ ...run, runId }));
	for (const id of withdrawn.ids) notifySoon(sql, RUN_EVENTS_CHANNEL, id);
	await announceAnswers(sql, withdrawn.callers);
	for (const ended of replaced) await announceEnd(sql, ended);
	return { runId, number };
}

export interface Inserted {
	/** Undefined if the request has inserted its run already, or the workflow was removed. */
	number: number | undefined;
	held: boolean;
	replaced: EndedRun[];
	/** The held runs that were cancelled. */
	withdrawn: Awaited<ReturnType<typeof cancelHeldRuns>>;
}

const NOTHING_ELSE = { held: false, replaced: [], withdrawn: { ids: [], callers: [] } };

/** The concurrency rule that applies to a run. */
function ruleOf({ concurrencyKey, settings: { concurrency } }: NewRun) {
	return concurrencyKey === null || concurrency === undefined ? undefined : { concurrencyKey, rule: concurrency };
}

/** As `insertRun`, in a transaction, which `announceInserted` must follow. */
export async function insertRunIn(tx: TransactionSql, runId: string, run: NewRun): Promise<Inserted> {
	const inserted = await insertByRule(tx, runId, run);
	const place = { teamId: run.teamId, runId, nodeId: "", iteration: "", attempt: 0 };
	if (inserted.number !== undefined) for (const file of run.files ?? []) await recordFileIn(tx, place, file);
	return inserted;
}

async function insertByRule(tx: TransactionSql, runId: string, run: NewRun): Promise<Inserted> {
	const { workflowId } = run;
	const applied = ruleOf(run);
	if (!applied) return { number: await insertRows(tx, { run, runId, held: false }), ...NOTHING_ELSE };
	await tx`select 1 from workflows where id = ${workflowId} for update`;
	const known = await tx`select 1 from runs where workflow_id = ${workflowId} and request_id = ${run.requestId}`;
	if (known.length > 0) return { number: undefined, ...NOTHING_ELSE };
	const { held, replaces } = await applyRule(tx, { workflowId, ...applied }, applied.rule);
	const number = await insertRows(tx, { run, runId, held });
	return { number, held, ...(await replaceRuns(tx, run, { number, replaces })) };
}

/** Ends the runs that a new one takes the place of, unless the new one exists already. */
async function replaceRuns(
	tx: TransactionSql,
	{ teamId, actor }: NewRun,
	{ number, replaces }: { number: number | undefined; replaces: readonly Replaced[] },
): Promise<Pick<Inserted, "replaced" | "withdrawn">> {
	if (number === undefined) return { replaced: [], withdrawn: { ids: [], callers: [] } };
	const reason = `Replaced by run ${number}.`;
	const waiting = replaces.filter(({ held }) => held).map(({ id }) => id);
	const withdrawn = await cancelHeldRuns(tx, waiting, { actor, reason });
	const replaced: EndedRun[] = [];
	for (const { id } of replaces.filter(({ held }) => !held)) {
		const ending: RunEnding = {
			end: { status: "cancelled", actor, reason },
			audit: { teamId, actor, action: "run.cancelled", target: { type: "run", id }, detail: { reason } },
		};
		const ended = await endRunIn(tx, id, ending);
		if (ended) replaced.push(ended);
	}
	return { replaced, withdrawn };
}

async function insertRows(
	sql: SqlLike,
	{ run, runId, held }: { run: NewRun; runId: string; held: boolean },
): Promise<number | undefined> {
	const { id: outboxId, name, data } = runRequested({ ...run, runId });
	const { audit } = run;
	const kind = run.kind ?? "workflow";
	const { actor, trigger, caller, ownCredentials = [] } = run;
	const own = ownCredentials.length > 0 && { ownCredentials: [...ownCredentials] };
	const queued = rowsOf(sql, [{ type: "run.queued", data: { actor, trigger, ...own } }]);
	const [inserted] = await sql<{ number: number }[]>`
		with counter as (
			update workflows set next_run_number = next_run_number + case when ${kind === "try"} then 0 else 1 end
			where id = ${run.workflowId} and team_id = ${run.teamId}
				and not exists (select from runs where workflow_id = ${run.workflowId} and request_id = ${run.requestId})
			returning case when ${kind === "try"} then 0 else next_run_number - 1 end as number
		), run as (
			insert into runs (id, team_id, workflow_id, number, kind, version, plan_hash, status, actor, trigger, payload, input,
				pinned, budget_usd, timeout_seconds, concurrency_key, concurrency_limit, held, request_id, last_seq,
				caller_run_id, caller_node_id, caller_iteration, is_awaited, depth)
			select ${runId}, ${run.teamId}, ${run.workflowId}, counter.number, ${kind}, ${run.version}::int, ${run.planHash},
				'queued', ${toJsonText(run.actor)}::text::jsonb, ${run.trigger}, ${toJsonText(run.payload)}::text::json,
				${toJsonText(run.input)}::text::json, ${run.pinned === undefined ? null : toJsonText(run.pinned)}::text::json,
				${run.settings.budgetUsd ?? null}::float8, ${run.settings.timeoutSeconds}::float8, ${run.concurrencyKey}, ${run.settings.concurrency?.limit ?? null}::int,
				${held}, ${run.requestId}, 1,
				${caller?.runId ?? null}, ${caller?.nodeId ?? null}, ${caller?.iteration ?? null},
				${caller?.isAwaited ?? false}, ${caller?.depth ?? run.depth ?? 0}::int
			from counter
			returning id, number, 0 as last_seq
		), kept as (
			insert into run_variables (run_id, key, value, sealed, sealed_in)
			select ${runId}, v->>'key', v->'value', v->'sealed'->>'text', v->'sealed'->>'runId'
			from run, jsonb_array_elements(${toJsonText(run.variables ?? [])}::text::jsonb) as v
		), events as ${queued}, ${logged(sql)}, announced as (
			insert into outbox (id, run_id, name, data, sends, next_at)
			select ${outboxId}, ${runId}, ${name}, ${toJsonText(data)}::text::jsonb, 1, now() + interval '2 seconds'
			from run where ${!held}
		), audited as (
			insert into audit_log (team_id, actor, action, target_type, target_id, address, detail)
			select ${run.teamId}, ${toJsonText(run.actor)}::text::jsonb, ${audit?.action ?? ""},
				${audit?.target?.type ?? "run"}, ${audit?.target?.id ?? runId}, ${currentAddress()},
				case when ${audit?.target === undefined} then jsonb_build_object('number', number) else '{}' end
					|| ${toJsonText(audit?.detail ?? {})}::text::jsonb
			from run where ${audit !== undefined}
		)
		select number from run`.catch(ignoreKnownRequest);
	return inserted?.number;
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
	return row;
}
