import { and, eq, ne, sql } from "drizzle-orm";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { deliveries, triggers } from "@/db/schema/triggers";
import { workflows } from "@/db/schema/workflows";
import { shownStatus } from "@/server/runs/shown-status";
import { hidePrivateNames } from "@/server/sharing/hide-private";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflowId, workflowRefInput } from "@/server/workflows/workflow-ref";
import { type DeliveryRow, deliveryIdSchema } from "./delivery-ref";

export const readDeliveryInput = workflowRefInput.extend({ id: deliveryIdSchema });

/** One delivery with its request, in which values that are named like secrets are hidden; null when it is gone. */
export async function readDelivery({ database: { db }, actor }: Caller, input: z.infer<typeof readDeliveryInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflowId = await findWorkflowId(db, team.id, input.slug);
	const [row] = await db
		.select()
		.from(deliveries)
		.where(and(eq(deliveries.workflowId, workflowId), eq(deliveries.id, input.id)));
	if (!row) return null;
	const [run] =
		row.runId === null
			? []
			: await db.select({ number: runs.number, status: shownStatus }).from(runs).where(eq(runs.id, row.runId));
	const { id, key, type, verdict, reason, at, latencyMs, redeliveryOf, duplicateOf, request } = row;
	return {
		id,
		key,
		type,
		verdict,
		reason,
		at,
		latencyMs,
		redeliveryOf,
		run: run ?? null,
		request: request && hidePrivateNames(request),
		others: await listOthers(db, row),
		sameAs: duplicateOf === null ? null : await findSame(db, { workflowId, id: duplicateOf }),
	};
}

/** The delivery that one is a duplicate of, with the run that it started; null when it is gone. */
async function findSame(db: DbLike, { workflowId, id }: { workflowId: string; id: string }) {
	const [same] = await db
		.select({ id: deliveries.id, at: deliveries.at, run: { number: runs.number } })
		.from(deliveries)
		.leftJoin(runs, eq(runs.id, deliveries.runId))
		.where(and(eq(deliveries.workflowId, workflowId), eq(deliveries.id, id)));
	return same ?? null;
}

/** What became of the same request for other triggers of its address. */
async function listOthers(db: DbLike, { id, teamId, triggerId, at, request }: DeliveryRow) {
	if (triggerId === null || typeof request?.bodyHash !== "string" || request.bodyHash === "") return [];
	const isOfAddress = sql`${triggers.hookId} = (select hook_id from ${triggers} own where own.id = ${triggerId})`;
	const isSame = sql`${deliveries.request}->>'bodyHash' = ${request.bodyHash}`;
	const moment = sql`${at.toISOString()}::timestamptz`;
	return await db
		.select({
			id: deliveries.id,
			verdict: deliveries.verdict,
			reason: deliveries.reason,
			workflow: { slug: workflows.slug, name: workflows.name },
			run: { number: runs.number },
		})
		.from(deliveries)
		.innerJoin(triggers, eq(triggers.id, deliveries.triggerId))
		.innerJoin(workflows, eq(workflows.id, deliveries.workflowId))
		.leftJoin(runs, eq(runs.id, deliveries.runId))
		.where(
			and(
				eq(deliveries.teamId, teamId),
				sql`${deliveries.at} between ${moment} - interval '10 s' and ${moment} + interval '10 s'`,
				ne(deliveries.triggerId, triggerId),
				ne(deliveries.id, id),
				isOfAddress,
				isSame,
			),
		)
		.limit(20);
}
