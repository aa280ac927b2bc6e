import type { Sql } from "@/db/client";
import { createRecordBuffer } from "@/server/execution/record-buffer";
import type { RunContext } from "@/server/execution/run-context";
import { NO_RECORDS } from "@/server/execution/run-records";
import type { StepCall } from "@/server/execution/step/with-claim";
import type { StepServices } from "@/server/execution/step-services";
import type { StepRef } from "@/server/runs/step-ref";
import { type ClaimAnswer, claimSteps } from "@/server/runs/store/claim-step";

/** A step that the test delivers itself, outside of any walk. */
export function stepCall(services: StepServices, run: RunContext, nodeId: string): StepCall {
	const buffer = createRecordBuffer(services, run.id, { isLazy: false });
	return { run, nodeId, iteration: "", records: NO_RECORDS, buffer };
}

/** Claims a step as a walk does that has nothing else to write. */
export async function claimOne(sql: Sql, step: StepRef & { worker: string }): Promise<ClaimAnswer> {
	const request = { ...step, maxAttempts: 1 };
	const { answers } = await claimSteps(sql, step.runId, { requests: [request], pending: [] });
	return answers[0] ?? { kind: "stopped" };
}
