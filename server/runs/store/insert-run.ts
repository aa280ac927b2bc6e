import type { TransactionSql } from "postgres";
import type { Sql, SqlLike } from "@/db/client";
import { newId } from "@/db/new-id";
import { notifySoon } from "@/db/notify";

import { recordFileIn } from "@/server/artifacts/record-file";

import { WeftError } from "@/server/errors";
import { RUN_EVENTS_CHANNEL } from "./append-events";
import { announceAnswers } from "./called-runs";
import { cancelHeldRuns } from "./cancel-held-runs";
import { applyRule, type Replaced } from "./concurrency-rule";
import { copyFork } from "./copy-fork";
import { announceEnd, type EndedRun, endRunIn, type RunEnding } from "./end-run";
import { insertRunRows, type NewRunRow } from "./insert-run-rows";
import type { NewRun } from "./new-run";
import { runRequested, sendCommitted } from "./outbox";

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
		ruleOf(run) || run.files?.length || run.fork
			? await sql.begin((tx) => insertRunIn(tx, runId, run))
			: { number: await insertRow(sql, { run, runId, held: false }), ...NOTHING_ELSE };
	return await announceInserted(sql, { runId, run }, inserted);
}

/**
 * What remains to be done once the transaction of `insertRunIn` is committed.
 * @param canWait the engine is told by the outbox, some seconds later and by hundreds: others have to be accepted first
 */
export async function announceInserted(
	sql: Sql,
	{ runId, run, canWait = false }: { runId: string; run: NewRun; canWait?: boolean },
	{ number, held, replaced, withdrawn }: Inserted,
): Promise<InsertedRun> {
	if (number === undefined) return await findRequest(sql, run);
	notifySoon(sql, RUN_EVENTS_CHANNEL, runId);
	if (!held && !canWait) sendCommitted(sql, runRequested({ ...run, runId }));
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
	await recordFiles(tx, { runId, run }, inserted);
	if (run.fork && inserted.number !== undefined) await copyFork(tx, runId, run.fork);
	return inserted;
}

async function recordFiles(
	tx: TransactionSql,
	{ runId, run: { teamId, files = [] } }: { runId: string; run: NewRun },
	{ number }: Inserted,
): Promise<void> {
	const place = { teamId, runId, nodeId: "", iteration: "", attempt: 0 };
	if (number !== undefined) for (const file of files) await recordFileIn(tx, place, file);
}

async function insertByRule(tx: TransactionSql, runId: string, run: NewRun): Promise<Inserted> {
	const { workflowId } = run;
	const applied = ruleOf(run);
	if (!applied && !run.fork) return { number: await insertRow(tx, { run, runId, held: false }), ...NOTHING_ELSE };
	await tx`select 1 from workflows where id = ${workflowId} for update`;
	const known = await tx`select 1 from runs where workflow_id = ${workflowId} and request_id = ${run.requestId}`;
	if (known.length > 0) return { number: undefined, ...NOTHING_ELSE };
	if (!applied) return { number: await insertRow(tx, { run, runId, held: false }), ...NOTHING_ELSE };
	const { held, replaces } = await applyRule(tx, { workflowId, ...applied }, applied.rule);
	const number = await insertRow(tx, { run, runId, held });
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

async function insertRow(sql: SqlLike, row: NewRunRow): Promise<number | undefined> {
	const numbers = await insertRunRows(sql, [row]).catch(ignoreKnownRequest);
	return numbers.get(row.runId);
}

/** As `insertRunIn`, for runs of one workflow that no concurrency rule applies to, in one statement. */
export async function insertFreeRunsIn(
	tx: TransactionSql,
	runs: readonly Pick<NewRunRow, "runId" | "run">[],
): Promise<Inserted[]> {
	const numbers = await insertRunRows(
		tx,
		runs.map((each) => ({ ...each, held: false })),
	);
	const inserted = runs.map(({ runId }) => ({ number: numbers.get(runId), ...NOTHING_ELSE }));
	for (const [index, each] of inserted.entries()) {
		const of = runs[index];
		if (of) await recordFiles(tx, of, each);
	}
	return inserted;
}

/** Two starts of the same request at once: the second one finds the first one's run. */
function ignoreKnownRequest(error: unknown): Map<string, number> {
	if (error instanceof Error && "constraint_name" in error && error.constraint_name === "runs_workflow_request")
		return new Map();
	throw error;
}

async function findRequest(sql: Sql, run: NewRun): Promise<InsertedRun> {
	const [row] = await sql<{ runId: string; number: number }[]>`
		select id as "runId", number from runs where workflow_id = ${run.workflowId} and request_id = ${run.requestId}`;
	if (row === undefined) throw new WeftError("not_found", "There is no such workflow.");
	return row;
}
