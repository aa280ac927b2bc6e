import { z } from "zod";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflowId, workflowRefInput } from "@/server/workflows/workflow-ref";
import { type DeliveryRow, deliveryIdSchema, findDeliveries } from "../delivery-ref";
import { triggerRefInput } from "../trigger-ref";
import type { Delivered, HookTrigger } from "./hook-kind";
import { describeRequest, eventOf } from "./receive/describe-request";
import { loadTrigger } from "./receive/load-hook";
import { startRuns } from "./receive/start-runs";
import type { HookEvent } from "./settings/hook-event";

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
		const trigger = await requireHook(caller, { workflowId, key: row.key });
		delivered.push(...(await send(caller, { trigger, event, row })));
	}
	return delivered;
}

/** Starts a run of the published trigger with a sample, or with what a delivery brought, whoever has sent that. */
export async function testFire(caller: Caller, input: z.infer<typeof testFireInput>): Promise<Delivered[]> {
	const { database, actor } = caller;
	const { team } = await requireMember(database.db, actor, input.team, "run:start");
	const workflowId = await findWorkflowId(database.db, team.id, input.slug);
	const trigger = await requireHook(caller, { workflowId, key: input.key });
	const { kind, config } = trigger;
	if (input.deliveryId === undefined) return await send(caller, { trigger, event: kind.sample(config) });
	const [row] = await findDeliveries(database.db, workflowId, [input.deliveryId]);
	if (!row) throw new WeftError("not_found", "There is no such delivery.");
	return await send(caller, { trigger, event: requireEvent(row), row });
}

async function send(
	{ database, actor }: Caller,
	{ trigger, event, row }: { trigger: HookTrigger; event: HookEvent; row?: DeliveryRow },
): Promise<Delivered[]> {
	const request = row?.request ?? describeRequest(event, { from: "a test", size: JSON.stringify(event.body).length });
	return await startRuns(database, {
		...{ trigger, event, request, actor, receivedAt: Date.now(), isAsked: true },
		...(row && { redeliveryOf: row.id }),
	});
}

async function requireHook({ database }: Caller, at: { workflowId: string; key: string }): Promise<HookTrigger> {
	const trigger = await loadTrigger(database, at);
	if (trigger) return trigger;
	throw new WeftError(
		"conflict",
		`No trigger “${at.key}” that requests start is published. Publish the workflow with it first.`,
	);
}

function requireEvent({ request, verdict }: DeliveryRow): HookEvent {
	const event = eventOf(request);
	if (event) return event;
	if (request === null) throw new WeftError("invalid", "Only what has come as a request can be sent again.");
	const why = verdict === "refused" ? "It was refused, so nothing of it was kept" : "Its body was too long to be kept";
	throw new WeftError("conflict", `${why}: it cannot be sent again here. Let its sender send it again.`);
}
