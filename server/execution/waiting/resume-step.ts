import { answerAnnouncement } from "@/server/runs/store/outbox";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import { NO_RECORDS } from "../run-records";
import { executeStep } from "../step/execute-step";
import type { StepAnswer, StepCall } from "../step/with-claim";
import type { StepServices } from "../step-services";

/**
 * Goes on with a step that has asked something, if that is answered or its time is over; else it waits on. The answer stays in
 * its row until the step has recorded what it made of it.
 */
export async function resumeStep(services: StepServices, call: StepCall): Promise<StepAnswer> {
	await call.buffer.flush();
	await retryWhileUnavailable(() => endWait(services, call));
	return await executeStep(services, { ...call, records: NO_RECORDS });
}

/** The claim that follows counts the attempt again in which the step has asked. */
async function endWait({ sql }: StepServices, { run, nodeId, iteration }: StepCall): Promise<void> {
	const { id: announcement } = answerAnnouncement(run.id, { nodeId, iteration });
	await sql`
		with resumed as (
			update run_steps set status = 'retrying', owner = null, attempt = attempt - 1, retry_at = now(),
			answer = coalesce(answer, jsonb_build_object('for', 'timeout', 'at', now()))
		where run_id = ${run.id} and node_id = ${nodeId} and iteration = ${iteration} and status = 'waiting'
			and (answer is not null or retry_at <= now())
			returning 1
		)
		delete from outbox where run_id = ${run.id} and id = ${announcement} and exists (select from resumed)`;
}
