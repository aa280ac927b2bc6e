import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbLike, DbTransaction } from "@/db/client";
import { triggers } from "@/db/schema/triggers";
import { WeftError } from "@/server/errors";
import { workflowRefInput } from "@/server/workflows/workflow-ref";
import { triggerIdSchema } from "./trigger-id";

/** A trigger of a workflow, by its id in the plan. */
export const triggerRefInput = workflowRefInput.extend({ key: triggerIdSchema });

/** A moment of the years that a database can store, as `2027-01-01T07:30:00Z`. */
export const momentSchema = z.iso.datetime({ offset: true, error: "Write a moment as in 2027-01-01T00:00:00Z" });

export type TriggerRow = typeof triggers.$inferSelect;

/** A registered trigger. Throws `not_found`. */
export async function findTrigger(db: DbLike, workflowId: string, key: string): Promise<TriggerRow> {
	const [row] = await db.select().from(triggers).where(isTrigger(workflowId, key));
	return required(row, key);
}

/** The same, and nobody else changes it and no worker fires it until the transaction ends. */
export async function lockTrigger(tx: DbTransaction, workflowId: string, key: string): Promise<TriggerRow> {
	const [row] = await tx.select().from(triggers).where(isTrigger(workflowId, key)).for("update");
	return required(row, key);
}

function isTrigger(workflowId: string, key: string) {
	return and(eq(triggers.workflowId, workflowId), eq(triggers.key, key));
}

function required(row: TriggerRow | undefined, key: string): TriggerRow {
	if (row) return row;
	throw new WeftError("not_found", `No trigger “${key}” is published. Publish the workflow first.`);
}
