import type { Database } from "@/db/client";
import { WeftError } from "@/server/errors";
import { clientAddress } from "@/server/http/client-address";
import type { Actor } from "@/server/runs/events";
import { prepareRun } from "@/server/runs/verbs/launch-run";
import { type Decision, decideEvent } from "../settings/decide-event";
import type { HookEvent } from "../settings/hook-event";
import type { Delivered, PendingDelivery } from "./commit-deliveries";
import { queueDelivery } from "./commit-queue";
import { describeRequest } from "./describe-request";
import { HOOK_ACTOR, type HookTrigger } from "./load-hook";
import { countHookUse } from "./use-limit";

/** What one trigger answers to a request. */
export interface Answered {
	trigger: HookTrigger;
	status: number;
	delivered?: Delivered;
	retryAfterSeconds?: number;
}

interface Started {
	trigger: HookTrigger;
	request: Request;
	receivedAt: number;
	bytes: Buffer;
	event: HookEvent;
}

/** Starts the run of a request that is signed as its trigger asks, or writes down why none is started. */
export async function startFrom(database: Database, started: Started): Promise<Answered> {
	const { trigger, event, request, bytes, receivedAt } = started;
	const origin = { from: clientAddress(request.headers), size: bytes.length };
	const pending = { trigger, receivedAt, request: describeRequest(event, origin) };
	const { perMinute } = trigger.config;
	const retryAfterSeconds = await countHookUse(database.db, { id: trigger.id, perMinute });
	if (retryAfterSeconds !== undefined) {
		const reason = `More than ${perMinute} requests came within a minute.`;
		await queueDelivery(database.sql, { ...pending, outcome: { verdict: "refused", reason } });
		return { trigger, status: 429, retryAfterSeconds };
	}
	const outcome = await decideOutcome(database, { trigger, event, actor: HOOK_ACTOR });
	return { trigger, status: 202, delivered: await queueDelivery(database.sql, { ...pending, outcome }) };
}

interface Starting {
	trigger: HookTrigger;
	event: HookEvent;
	actor: Actor;
	/** A person asks for it: neither a pause nor the key of an earlier request stands in the way. */
	isAsked?: boolean;
}

export async function decideOutcome(
	database: Database,
	{ trigger, event, actor, isAsked = false }: Starting,
): Promise<PendingDelivery["outcome"]> {
	if (trigger.isPaused && !isAsked) return { verdict: "skipped", reason: "The trigger is paused." };
	const decision = decideEvent(trigger.config, trigger.plan.inputs, event);
	if (decision.verdict !== "accepted") return decision;
	try {
		const run = await prepare(database, { trigger, actor, decision });
		return { run, keys: isAsked ? [] : decision.keys, hours: trigger.config.dedupeHours };
	} catch (error) {
		if (!(error instanceof WeftError)) throw error;
		return { verdict: "failed", reason: error.message };
	}
}

type Accepted = Extract<Decision, { verdict: "accepted" }>;

async function prepare(
	database: Database,
	{ trigger, actor, decision }: { trigger: HookTrigger; actor: Actor; decision: Accepted },
) {
	const { teamId, workflowId, version, planHash, plan } = trigger;
	return await prepareRun(
		{ database, actor },
		{
			...{ teamId, workflowId, version, planHash, plan },
			kind: "workflow",
			trigger: "webhook",
			payload: decision.payload,
			input: decision.input,
			requestId: null,
			audit: { action: "run.started" },
		},
	);
}
