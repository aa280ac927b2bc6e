import { and, eq, inArray, sql } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { workflowPins, workflows } from "@/db/schema/workflows";
import { followRenames, rekey } from "@/server/plan/edits/follow-renames";
import type { Plan } from "@/server/plan/plan";
import { readStoredPlan } from "@/server/plan/read-stored-plan";

/**
 * Keeps what is pinned with the steps it is pinned to, when a draft is about to be replaced in which some have other ids.
 * The caller holds the workflow's row lock.
 */
export async function movePins(tx: DbTransaction, workflowId: string, plan: Plan): Promise<void> {
	const pinned = await tx
		.select({ nodeId: workflowPins.nodeId })
		.from(workflowPins)
		.where(eq(workflowPins.workflowId, workflowId));
	if (pinned.length === 0) return;
	const [row] = await tx.select({ draft: workflows.draft }).from(workflows).where(eq(workflows.id, workflowId));
	const { plan: before } = readStoredPlan(row?.draft);
	// The former ids are unknown if the draft's plan cannot be read: all pins keep their ids.
	if (!before) return;
	const own = Object.fromEntries(pinned.map(({ nodeId }) => [nodeId, nodeId]));
	const moved = Object.entries(rekey(own, followRenames(before, plan))).filter(([to, from]) => to !== from);
	await exchangeIds(tx, workflowId, moved);
}

/** In two steps, since an id may be free only when its pin has moved on. No id of a step holds a `~`. */
async function exchangeIds(tx: DbTransaction, workflowId: string, moved: [to: string, from: string][]): Promise<void> {
	if (moved.length === 0) return;
	const ofWorkflow = eq(workflowPins.workflowId, workflowId);
	const leaving = moved.map(([, from]) => from);
	await tx
		.update(workflowPins)
		.set({ nodeId: sql`'~' || ${workflowPins.nodeId}` })
		.where(and(ofWorkflow, inArray(workflowPins.nodeId, leaving)));
	for (const [to, from] of moved) {
		await tx
			.update(workflowPins)
			.set({ nodeId: to })
			.where(and(ofWorkflow, eq(workflowPins.nodeId, `~${from}`)));
	}
}
