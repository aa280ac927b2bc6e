import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { runs } from "@/db/schema/runs";
import { DELIVERY_VERDICTS, deliveries } from "@/db/schema/triggers";
import { workflows } from "@/db/schema/workflows";
import { shownStatus } from "@/server/runs/shown-status";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { deliveryFilterSchema, eventName, senderName, whichDeliveries } from "./delivery-filter";

/** Where a page begins: when the last entry of the one before was written, and its id. */
const cursorSchema = z.string().regex(/^\d{1,16}_[0-9a-z-]{1,64}$/);

export const listDeliveriesInput = deliveryFilterSchema.extend({
	verdict: z.enum(DELIVERY_VERDICTS).optional(),
	before: cursorSchema.optional(),
	limit: z.int().min(1).max(100).default(25),
});

/** What came of the times of triggers, and of all else that they heard, the newest first; kept when a trigger is gone. */
export async function listDeliveries({ database: { db }, actor }: Caller, input: z.infer<typeof listDeliveriesInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const { verdict } = input;
	const isOfVerdict = verdict === undefined ? undefined : eq(deliveries.verdict, verdict);
	const rows = await db
		.select({
			id: deliveries.id,
			key: deliveries.key,
			type: deliveries.type,
			verdict: deliveries.verdict,
			reason: deliveries.reason,
			times: deliveries.times,
			dueAt: deliveries.dueAt,
			lateMs: deliveries.lateMs,
			at: deliveries.at,
			latencyMs: deliveries.latencyMs,
			redeliveryOf: deliveries.redeliveryOf,
			/** Whether it can be sent again: what came of a schedule's time cannot. */
			hasRequest: sql<boolean>`${deliveries.request} is not null`,
			event: eventName,
			from: senderName,
			cursor: sql<string>`(extract(epoch from ${deliveries.at}) * 1000000)::bigint || '_' || ${deliveries.id}`,
			run: { number: runs.number, status: shownStatus },
			workflow: { slug: workflows.slug, name: workflows.name },
		})
		.from(deliveries)
		.innerJoin(workflows, eq(workflows.id, deliveries.workflowId))
		.leftJoin(runs, eq(runs.id, deliveries.runId))
		.where(and(await whichDeliveries(db, team.id, input), isOfVerdict, isBefore(input.before)))
		.orderBy(desc(deliveries.at), desc(deliveries.id))
		.limit(input.limit + 1);
	const items = rows.slice(0, input.limit).map(({ cursor: _, ...row }) => row);
	return { items, next: rows.length > input.limit ? rows[input.limit - 1]?.cursor : undefined };
}

function isBefore(cursor: string | undefined) {
	if (cursor === undefined) return undefined;
	const [micros = "0", id = ""] = cursor.split("_");
	return sql`(${deliveries.at}, ${deliveries.id}) < (to_timestamp(${micros}::numeric / 1000000), ${id})`;
}
