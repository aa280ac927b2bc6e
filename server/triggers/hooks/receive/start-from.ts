import type { Database } from "@/db/client";
import { clientAddress } from "@/server/http/client-address";
import type { Delivered, HookTrigger } from "../hook-kind";
import type { HookEvent } from "../settings/hook-event";
import { describeRequest } from "./describe-request";
import { hookActor } from "./open-receiver";
import { recordRefusal } from "./record-refusal";
import { startRuns } from "./start-runs";
import { countHookUse } from "./use-limit";

/** What one trigger answers to a request. */
export interface Answered {
	trigger: HookTrigger;
	status: number;
	/** What has been written down of it, unless it was refused. */
	delivered: readonly Delivered[];
	retryAfterSeconds?: number;
}

interface Started {
	trigger: HookTrigger;
	request: Pick<Request, "method" | "headers">;
	receivedAt: number;
	bytes: Buffer;
	event: HookEvent;
}

/** Starts what a request starts that is signed as its trigger asks, or writes down why it starts nothing. */
export async function startFrom(database: Database, started: Started): Promise<Answered> {
	const { trigger, event, request, bytes, receivedAt } = started;
	const { perMinute } = trigger.reception;
	const retryAfterSeconds = await countHookUse(database.db, { id: trigger.id, perMinute });
	if (retryAfterSeconds !== undefined) {
		const reason = `More than ${perMinute} requests came within a minute.`;
		await recordRefusal(database, { trigger, request, receivedAt, reason });
		return { trigger, status: 429, retryAfterSeconds, delivered: [] };
	}
	const origin = { from: clientAddress(request.headers), size: bytes.length };
	const pending = { trigger, receivedAt, request: describeRequest(event, origin) };
	const delivered = await startRuns(database, { ...pending, event, actor: hookActor(trigger) });
	return { trigger, status: trigger.kind.isPing?.(event) ? 200 : 202, delivered };
}
