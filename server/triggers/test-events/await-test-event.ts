import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { testEvents } from "@/db/schema/test-events";
import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { announceWorkflow } from "@/server/workflows/announce-workflow";
import { requirePlan } from "@/server/workflows/stored-plan";
import { lockWorkflow, refuseArchived } from "@/server/workflows/workflow-ref";
import { triggerDefinitionOf } from "../catalog";
import { deliveryIdSchema, findDeliveries } from "../delivery-ref";
import { ensureHook } from "../hooks/address/ensure-hook";
import { describeRequest, eventOf } from "../hooks/receive/describe-request";
import { registrationOf } from "../registrations";
import { triggerRefInput } from "../trigger-ref";
import { requireDraftTrigger } from "./draft-trigger";

type Ref = z.infer<typeof triggerRefInput>;

/** For so long a draft waits. */
const MINUTES = 10;
const TRIGGER = [testEvents.workflowId, testEvents.key];

export const pinTestEventInput = triggerRefInput.extend({
	/** Whose request is pinned; without it, a sample of what its sender sends. */
	deliveryId: deliveryIdSchema.optional(),
});

/**
 * Lets a trigger of the draft, as it was saved, wait for one event, which is then pinned to it. It gets its address if it
 * has none yet. What waits already waits anew. Throws `invalid` while the trigger has problems.
 */
export async function awaitTestEvent(caller: Caller, ref: Ref): Promise<void> {
	await changeTest(caller, ref, async (tx, { teamId, workflowId, plan }) => {
		const { trigger } = requireDraftTrigger(plan, ref.key);
		const [problem] = registrationOf(trigger)?.problems(trigger, plan.inputs) ?? [];
		if (problem) throw new WeftError("invalid", problem.message);
		const place = triggerDefinitionOf(trigger.type)?.address?.(trigger);
		const wait = {
			type: trigger.type,
			until: sql`now() + make_interval(mins => ${MINUTES})`,
			since: sql`clock_timestamp()`,
			waitId: newId(),
			startedBy: caller.actor.kind === "user" ? caller.actor.id : null,
			config: trigger,
			form: plan.inputs,
			hookId: place ? await ensureHook(tx, { teamId, workflowId, place }) : null,
			problem: null,
		};
		await tx
			.insert(testEvents)
			.values({ workflowId, key: ref.key, ...wait })
			.onConflictDoUpdate({ target: TRIGGER, set: wait });
	});
}

/** Ends the wait. What was pinned before stays pinned. */
export async function cancelTestEvent(caller: Caller, ref: Ref): Promise<void> {
	await changeTest(caller, ref, async (tx, { workflowId }) => {
		await tx.update(testEvents).set({ until: null, problem: null }).where(isTest(workflowId, ref.key));
	});
}

/** Pins a sample, or what a delivery of the published trigger has brought, whatever the draft's filter says of it. */
export async function pinTestEvent(caller: Caller, input: z.infer<typeof pinTestEventInput>): Promise<void> {
	await changeTest(caller, input, async (tx, { workflowId, plan }) => {
		const { trigger, kind } = requireDraftTrigger(plan, input.key);
		const [row] = input.deliveryId === undefined ? [] : await findDeliveries(tx, workflowId, [input.deliveryId]);
		const sample = kind.sample(trigger);
		const request = row
			? requireRequest(row.request)
			: describeRequest(sample, { from: "a sample", size: JSON.stringify(sample.body).length });
		const pinned = {
			type: trigger.type,
			request,
			eventId: newId(),
			receivedAt: sql`now()`,
			until: null,
			problem: null,
		};
		await tx
			.insert(testEvents)
			.values({ workflowId, key: input.key, ...pinned })
			.onConflictDoUpdate({ target: TRIGGER, set: pinned });
	});
}

/** Forgets what is pinned. */
export async function unpinTestEvent(caller: Caller, ref: Ref): Promise<void> {
	await changeTest(caller, ref, async (tx, { workflowId }) => {
		await tx
			.update(testEvents)
			.set({ request: null, eventId: null, receivedAt: null })
			.where(isTest(workflowId, ref.key));
	});
}

interface Changed {
	teamId: string;
	workflowId: string;
	plan: Plan;
}

async function changeTest(
	{ database: { db }, actor }: Caller,
	ref: Ref,
	change: (tx: DbTransaction, changed: Changed) => Promise<void>,
): Promise<void> {
	const { team } = await requireMember(db, actor, ref.team, "workflow:edit");
	await db.transaction(async (tx) => {
		const workflow = await lockWorkflow(tx, team.id, ref.slug);
		refuseArchived(workflow);
		await change(tx, { teamId: team.id, workflowId: workflow.id, plan: requirePlan(workflow.draft) });
		await announceWorkflow(tx, workflow.id);
	});
}

function isTest(workflowId: string, key: string) {
	return and(eq(testEvents.workflowId, workflowId), eq(testEvents.key, key));
}

function requireRequest(request: JsonObject | null): JsonObject {
	if (request !== null && eventOf(request)) return request;
	throw new WeftError("conflict", "Nothing of it was kept that could be pinned. Choose another delivery.");
}
