import type { SqlLike } from "@/db/client";
import type { NewRunEvent } from "../events";
import type { StepRef } from "../step-ref";
import { appendEvents } from "./append-events";

/** A line in the log of a step, for what concerns whoever waits for it. */
export function warningOnStep({ nodeId, iteration }: Omit<StepRef, "runId">, text: string): NewRunEvent {
	return { type: "step.log", nodeId, iteration, data: { lines: [{ at: Date.now(), level: "warn", text }] } };
}

/** Writes such a line while the run goes on. */
export async function warnOnStep(sql: SqlLike, step: StepRef, text: string): Promise<void> {
	await appendEvents(sql, step.runId, [warningOnStep(step, text)]);
}
