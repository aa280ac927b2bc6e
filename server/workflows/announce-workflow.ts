import { sql } from "drizzle-orm";
import type { DbLike } from "@/db/client";

/** The channel on which those who have a workflow open hear of each other and of saves; the payload is the workflow's id. */
export const WORKFLOWS_CHANNEL = "weft_workflows";

/** Notifies everybody who has the workflow open. */
export async function announceWorkflow(db: DbLike, workflowId: string): Promise<void> {
	await db.execute(sql`select pg_notify(${WORKFLOWS_CHANNEL}, ${workflowId})`);
}
