import { z } from "zod";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflowId, workflowRefInput } from "@/server/workflows/workflow-ref";
import { type DeliveryRow, deliveryIdSchema, findDeliveries } from "../delivery-ref";
import { triggerRefInput } from "../trigger-ref";
import type { Delivered } from "./receive/commit-deliveries";
import { queueDelivery } from "./receive/commit-queue";
import { describeRequest, eventOf } from "./receive/describe-request";
import { type HookTrigger, loadTrigger } from "./receive/load-hook";
import { decideOutcome } from "./receive/start-from";
import type { HookEvent } from "./settings/hook-event";
import { sampleOf } from "./settings/samples";

/** Deliveries that are sent anew at once. */
export const MAX_REDELIVERED = 50;

export const redeliverInput = workflowRefInput.extend({ ids: z.array(deliveryIdSchema).min(1).max(MAX_REDELIVERED) });

export const testFireInput = triggerRefInput.extend({
	/** Whose request is sent; without it, a sample of what its sender sends. */
	deliveryId: deliveryIdSchema.optional(),
});

/**
 * Sends what deliveries brought through the published trigger again, as if it came now: its filter decides anew, and the
 * keys of earlier requests do not stand in the way. Returns what became of each.
 */
export async function redeliver(caller: Caller, input: z.infer<typeof redeliverInput>): Promise<Delivered[]> {
	const { database, actor } = caller;
	const { team } = await requireMember(database.db, actor, input.team, "run:start");
	const workflowId = await findWorkflowId(database.db, team.id, input.slug);
	const rows = await findDeliveries(database.db, workflowId, input.ids);
	const sent = rows.map((row) => ({ row, event: requireEvent(row) }));
	const delivered: Delivered[] = [];
	for (const { row, event } of sent) {
		const trigger = await requireWebhook(caller, { workflowId, key: row.key });
		delivered.push(await send(caller, { trigger, event, row }));
	}
	return delivered;
}

/** Starts a run of the published trigger with a sample, or with what a delivery brought, whoever has sent that. */
export async function testFire(caller: Caller, input: z.infer<typeof testFireInput>): Promise<Delivered> {
	const { database, actor } = caller;
	const { team } = await requireMember(database.db, actor, input.team, "run:start");
	const workflowId = await findWorkflowId(database.db, team.id, input.slug);
	const trigger = await requireWebhook(caller, { workflowId, key: input.key });
	if (input.deliveryId === undefined) return await send(caller, { trigger, event: sampleOf(trigger.config.preset) });
	const [row] = await findDeliveries(database.db, workflowId, [input.deliveryId]);
	if (!row) throw new WeftError("not_found", "There is no such delivery.");
	return await send(caller, { trigger, event: requireEvent(row), row });
}

async function send(
	{ database, actor }: Caller,
	{ trigger, event, row }: { trigger: HookTrigger; event: HookEvent; row?: DeliveryRow },
): Promise<Delivered> {
	const receivedAt = Date.now();
	const outcome = await decideOutcome(database, { trigger, event, actor, isAsked: true });
	const request = row?.request ?? describeRequest(event, { from: "a test", size: JSON.stringify(event.body).length });
	return await queueDelivery(database.sql, {
		...{ trigger, receivedAt, request, outcome },
		...(row && { redeliveryOf: row.id }),
	});
}

async function requireWebhook({ database }: Caller, at: { workflowId: string; key: string }): Promise<HookTrigger> {
	const trigger = await loadTrigger(database, at);
	if (trigger) return trigger;
	throw new WeftError("conflict", `No webhook “${at.key}” is published. Publish the workflow with it first.`);
}

function requireEvent({ request, verdict, type }: DeliveryRow): HookEvent {
	const event = eventOf(request);
	if (event) return event;
	if (type !== "webhook") throw new WeftError("invalid", "Only what a webhook has received can be sent again.");
	const why = verdict === "refused" ? "It was refused, so nothing of it was kept" : "Its body was too long to be kept";
	throw new WeftError("conflict", `${why}: it cannot be sent again here. Let its sender send it again.`);
}
