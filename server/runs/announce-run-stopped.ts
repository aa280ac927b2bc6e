import type { Sql } from "@/db/client";
import { newId } from "@/db/new-id";
import { sendEngineEvents } from "@/inngest/client";

/**
 * Tells the engine to forget a run that ended from outside (cancelled, timed out) while it slept or waited. Nothing depends
 * on it: a run that has ended refuses every further step.
 */
export async function announceRunStopped(sql: Sql, runId: string): Promise<void> {
	await sendEngineEvents(sql, [{ id: newId(), name: "weft/run.stopped", data: { runId } }]);
}
