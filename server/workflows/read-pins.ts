import { eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { workflowPins } from "@/db/schema/workflows";
import type { Json } from "@/server/plan/values/json";

/** The outputs that are pinned to a workflow's steps, by the step's id. */
export async function readPins(db: DbLike, workflowId: string): Promise<Record<string, Json>> {
	const rows = await db
		.select({ nodeId: workflowPins.nodeId, output: workflowPins.output })
		.from(workflowPins)
		.where(eq(workflowPins.workflowId, workflowId));
	return Object.fromEntries(rows.map(({ nodeId, output }) => [nodeId, output]));
}
