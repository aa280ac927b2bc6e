import type { TransactionSql } from "postgres";
import { newId } from "@/db/new-id";
import { notifySoon } from "@/db/notify";
import { FatalError, WeftError } from "@/server/errors";
import type { CallRequest } from "@/server/nodes/wait";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { MAX_DEPTH } from "@/server/runs/max-depth";
import { findOwnCredentials } from "@/server/runs/read/own-credentials";
import { RUN_EVENTS_CHANNEL } from "@/server/runs/store/append-events";
import { announceInserted, type Inserted, insertRunIn } from "@/server/runs/store/insert-run";
import type { NewRun } from "@/server/runs/store/new-run";
import { recordStepIn, type StepRecord } from "@/server/runs/store/record-step";
import { findPublished } from "@/server/runs/verbs/find-published";
import { prepareRun } from "@/server/runs/verbs/launch-run";
import { findWorkflow, type WorkflowRow } from "@/server/workflows/workflow-ref";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import type { RunContext } from "../run-context";
import { redactJson } from "../secrets/redact-secrets";
import { redactRecord } from "../step/record-redacted";
import type { StepServices } from "../step-services";

export interface Call {
	run: RunContext;
	request: CallRequest;
	/** How the step is recorded once the run has been started, without its event. */
	record: StepRecord;
}

/**
 * Starts the run of another workflow and records that the step waits for it, all or nothing. Returns false when the claim
 * was lost or the run ended meanwhile. Throws `FatalError` where the run cannot be started.
 */
export async function recordCall(services: StepServices, call: Call): Promise<boolean> {
	const [workflow, run] = await prepareCall(services, call);
	const record = await redactRecord(services, call.record);
	const runId = newId();
	const inserted = await retryWhileUnavailable(() =>
		services.sql.begin(async (tx) => {
			const inserted = await insertRunIn(tx, runId, run);
			if (inserted.number === undefined) throw new FatalError(`“${workflow.name}” has been removed.`);
			await refuseDeadlock(tx, { call, workflow, runId }, inserted);
			const event = waitingFor(call, { workflow, runId, number: inserted.number });
			if (!(await recordStepIn(tx, { ...record, events: [event] }))) throw new ClaimLost();
			return inserted;
		}),
	).catch((error: unknown) => {
		if (error instanceof ClaimLost) return undefined;
		throw toFatal(error);
	});
	if (!inserted) return false;
	notifySoon(services.sql, RUN_EVENTS_CHANNEL, call.run.id);
	await announceInserted(services.sql, { runId, run }, inserted);
	return true;
}

/** Rolls the transaction back: nothing was started. */
class ClaimLost extends Error {}

function waitingFor(
	{ record, request: { until } }: Call,
	{ workflow, runId, number }: { workflow: WorkflowRow; runId: string; number: number },
) {
	const { nodeId, iteration } = record;
	const data = { for: "run" as const, workflow: workflow.name, slug: workflow.slug, runId, number };
	return { type: "step.waiting" as const, nodeId, iteration, data: { ...data, ...(until !== undefined && { until }) } };
}

async function prepareCall(services: StepServices, call: Call): Promise<[WorkflowRow, NewRun]> {
	const { run, request, record } = call;
	const { database } = services;
	const inputs = await requireNoSecrets(services, call);
	try {
		const workflow = await findWorkflow(database.db, run.teamId, request.workflow);
		const published = await findPublished(database.db, workflow, request.version);
		const depth = await readDepth(services, run.id);
		const own = await findOwnCredentials(services.sql, [run.id]);
		const prepared = await prepareRun(
			{ database, actor: run.actor },
			{
				...published,
				teamId: run.teamId,
				workflowId: workflow.id,
				kind: "workflow",
				trigger: "workflow",
				payload: { runId: run.id, number: run.number, workflow: run.workflowName },
				input: inputs,
				inherited: own.get(run.id)?.names ?? [],
				requestId: null,
				caller: {
					runId: run.id,
					nodeId: record.nodeId,
					iteration: record.iteration,
					isAwaited: request.isAwaited,
					depth,
				},
				audit: { action: "run.started", detail: { calledBy: run.id } },
			},
		);
		return [workflow, prepared];
	} catch (error) {
		throw toFatal(error);
	}
}

/** The inputs of a run are stored as they are. */
async function requireNoSecrets(services: StepServices, { run, request: { inputs } }: Call): Promise<JsonObject> {
	const { redact } = await services.secretsOf(run);
	const shown: Json = redactJson(inputs, redact);
	if (JSON.stringify(shown) === JSON.stringify(inputs)) return inputs;
	throw new FatalError(
		"A secret cannot be handed to another workflow, whose inputs people read. Let that workflow read the credential itself.",
	);
}

async function readDepth({ sql }: StepServices, runId: string): Promise<number> {
	const [row] = await sql<{ depth: number }[]>`select depth from runs where id = ${runId}`;
	const depth = (row?.depth ?? 0) + 1;
	if (depth <= MAX_DEPTH) return depth;
	throw new FatalError(
		`Workflows have started each other ${MAX_DEPTH} times until this run. Does one of them call itself without an end?`,
	);
}

/** A workflow that calls itself, directly or by others, must neither replace nor wait for the run that waits for it. */
async function refuseDeadlock(
	tx: TransactionSql,
	{ call, workflow, runId }: { call: Call; workflow: WorkflowRow; runId: string },
	{ held, replaced }: Inserted,
): Promise<void> {
	if (replaced.some((ended) => ended.runId === call.run.id)) {
		throw new FatalError(`The concurrency rule of “${workflow.name}” would end this run, which calls it.`);
	}
	if (!held || !call.request.isAwaited) return;
	const blocking = await tx`
		with recursive callers as (
			select caller_run_id as id from runs where id = ${runId}
			union all select r.caller_run_id from runs r join callers c on r.id = c.id where r.is_awaited
		)
		select 1 from callers c join runs r on r.id = c.id join runs own on own.id = ${runId}
		where r.workflow_id = own.workflow_id and r.concurrency_key = own.concurrency_key and not r.held limit 1`;
	if (blocking.length > 0) {
		throw new FatalError(`The run of “${workflow.name}” would wait for this one to end, which waits for it.`);
	}
}

function toFatal(error: unknown): unknown {
	if (!(error instanceof WeftError)) return error;
	const problems = (error.details.issues ?? []).map(({ field, message }) => (field ? `${field}: ${message}` : message));
	return new FatalError([error.message, ...problems].join(" "));
}
