import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { deliveries } from "@/db/schema/triggers";
import { WeftError } from "@/server/errors";

export const deliveryIdSchema = z.string().min(1).max(64);

export type DeliveryRow = typeof deliveries.$inferSelect;

/** Deliveries of a workflow by their ids, the oldest first. Throws `not_found` unless all of them are there. */
export async function findDeliveries(db: DbLike, workflowId: string, ids: readonly string[]): Promise<DeliveryRow[]> {
	const unique = [...new Set(ids)];
	const rows = await db
		.select()
		.from(deliveries)
		.where(and(eq(deliveries.workflowId, workflowId), inArray(deliveries.id, unique)))
		.orderBy(deliveries.at);
	if (rows.length === unique.length) return rows;
	throw new WeftError("not_found", "There is no such delivery. Those of more than 90 days ago are removed.");
}
