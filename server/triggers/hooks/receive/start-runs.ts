import type { Database, Db } from "@/db/client";
import { discardFiles } from "@/server/artifacts/save-file";
import { FatalError, WeftError } from "@/server/errors";
import { MAX_DEPTH } from "@/server/runs/max-depth";
import { prepareRun } from "@/server/runs/verbs/launch-run";
import type { Decision, Delivered, Starting } from "../hook-kind";
import type { PendingDelivery } from "./commit-deliveries";
import { queueDelivery } from "./commit-queue";
import { referToFiles, storeUploads } from "./request-files";
import { countHookUse } from "./use-limit";

/** Starts the runs of a request, or writes down why it starts none; accepted once this has returned. */
export async function startRuns(database: Database, starting: Starting): Promise<Delivered[]> {
	const { trigger, request, receivedAt, redeliveryOf, signal } = starting;
	if (trigger.kind.start) return await trigger.kind.start(database, starting);
	const outcome = await decideOutcome(database, starting);
	const known = { ...(redeliveryOf !== undefined && { redeliveryOf }), ...(signal && { id: signal.deliveryId }) };
	const pending = { trigger, request, receivedAt, outcome, ...known };
	const delivered = await queueDelivery(database.sql, pending);
	const files = "run" in outcome ? (outcome.run.files ?? []) : [];
	if (files.length > 0 && delivered.verdict !== "started") await discardFiles(database, files);
	return [delivered];
}

async function decideOutcome(database: Database, starting: Starting): Promise<PendingDelivery["outcome"]> {
	const { trigger, actor, isAsked = false, signal } = starting;
	if (trigger.isPaused && !isAsked) return { verdict: "skipped", reason: "The trigger is paused." };
	const { event, uploads } = referToFiles(starting.event);
	const decision = trigger.kind.decide(trigger.config, trigger.plan.inputs, event);
	if (decision.verdict !== "accepted") return decision;
	const depth = signal?.depth ?? 0;
	if (depth > MAX_DEPTH) return { verdict: "refused", reason: TOO_DEEP };
	if (depth > 1 && (await countChained(database.db, trigger.id))) return { verdict: "refused", reason: TOO_MANY };
	try {
		const prepared = await prepareHookRun(database, { trigger, actor, decision });
		const run = { ...prepared, depth, files: await storeUploads(database, trigger.teamId, uploads) };
		return { run, keys: isAsked ? [] : decision.keys, hours: trigger.reception.dedupeHours };
	} catch (error) {
		if (!(error instanceof WeftError || error instanceof FatalError)) throw error;
		return { verdict: "failed", reason: error.message };
	}
}

const TOO_DEEP = `${MAX_DEPTH} runs have started each other until this one. Do the workflows go round in a circle?`;

/** Where each run starts two others, a depth of 25 is millions of them. */
const CHAINED_PER_MINUTE = 1_000;
const TOO_MANY = `Within a minute ${CHAINED_PER_MINUTE} runs were started by runs that others had started. Do the workflows go round in a circle?`;

/** Counts a run that a started run starts. Returns whether there were too many. */
export async function countChained(db: Db, triggerId: string): Promise<boolean> {
	const use = { id: `chained ${triggerId}`, perMinute: CHAINED_PER_MINUTE };
	return (await countHookUse(db, use)) !== undefined;
}

type Accepted = Pick<Extract<Decision, { verdict: "accepted" }>, "payload" | "input">;

/** The run that a request starts, ready to be inserted with its delivery. @throws WeftError */
export async function prepareHookRun(
	database: Database,
	{ trigger, actor, decision }: Pick<Starting, "trigger" | "actor"> & { decision: Accepted },
) {
	const { teamId, workflowId, version, planHash, plan } = trigger;
	return await prepareRun(
		{ database, actor },
		{
			...{ teamId, workflowId, version, planHash, plan },
			kind: "workflow",
			trigger: trigger.type,
			payload: decision.payload,
			input: decision.input,
			requestId: null,
			audit: { action: "run.started" },
		},
	);
}
