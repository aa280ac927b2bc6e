import { FatalError } from "@/server/errors";
import type { WaitExecutor } from "@/server/nodes/executors";
import { portTaken } from "@/server/nodes/port-of-output";
import type { CalledRun, WaitAnswer } from "@/server/nodes/wait";
import { announceInboxes } from "@/server/notifications/notify";
import { findTold } from "@/server/notifications/notify-approvers";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import type { StepError } from "@/server/runs/events";
import { endAbandonedCalls } from "@/server/runs/store/end-run";
import { answerAnnouncement } from "@/server/runs/store/outbox";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import { nodeOf, portOfFailure } from "../step/attempt-step";
import { recordRedacted } from "../step/record-redacted";
import { toStepError } from "../step/run-attempt";
import type { StepAnswer, StepCall } from "../step/with-claim";
import { readEnd } from "../step/with-claim";
import type { StepServices } from "../step-services";

type WakeEnd = { port: string; output: Json } | { error: StepError };

/** Ends a wait. Answers `waiting` when it goes on: the event that woke the walk was about something else. */
export async function wakeStep(services: StepServices, call: StepCall, executor: WaitExecutor): Promise<StepAnswer> {
	await call.buffer.flush();
	for (let row = await readWait(services, call); row?.status === "waiting"; row = await readWait(services, call)) {
		const end = endOfWait(nodeOf(call), row, executor);
		if (end === undefined) return { status: "waiting", until: row.until };
		const answer = await endWait(services, call, { ...row, end });
		if (answer !== null) return answer;
	}
	return await readEnd(services, call);
}

async function readWait(services: StepServices, call: StepCall): Promise<WaitingRow | undefined> {
	const [row] = await services.sql<WaitingRow[]>`
		select s.status, s.attempt, s.answer, extract(epoch from s.retry_at)::float8 * 1000 as until,
			case when c.id is not null then json_build_object('runId', c.id, 'number', c.number, 'workflow', w.name,
				'status', c.status, 'output', c.output, 'error', c.error) end as called
		from run_steps s
			left join runs c on c.caller_run_id = s.run_id and c.caller_node_id = s.node_id and c.caller_iteration = s.iteration
			left join workflows w on w.id = c.workflow_id
		where s.run_id = ${call.run.id} and s.node_id = ${call.nodeId} and s.iteration = ${call.iteration}
		order by c.created_at desc limit 1`;
	return row;
}

/** Null if the wait was answered, or the run ended, since it was read: the caller reads it again. */
async function endWait(services: StepServices, call: StepCall, woken: Woken): Promise<StepAnswer | null> {
	const { end } = woken;
	try {
		if (!(await recordWake(services, call, woken))) return null;
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		return await endWait(services, call, { ...woken, end: { error: toStepError(error) } });
	}
	if (!("output" in end)) {
		if (woken.called) await endAbandonedCalls(services.sql, call.run.id);
		return { status: "failed" };
	}
	services.cache.setOutput(call.run.id, call, end.output);
	return { status: "completed", port: end.port };
}

interface Woken extends Pick<WaitingRow, "attempt" | "answer" | "called"> {
	end: WakeEnd;
}

interface WaitingRow {
	status: string;
	attempt: number;
	answer: WaitAnswer | null;
	called: CalledRun | null;
	/** Milliseconds since the epoch. */
	until: number | null;
}

/** Undefined while the wait goes on. */
function endOfWait(node: PlanNode, row: WaitingRow, executor: WaitExecutor): WakeEnd | undefined {
	const now = new Date();
	const isOver = row.until !== null && row.until <= now.getTime();
	const end = executor.resume(node.config, { answer: row.answer, called: row.called, isOver, now });
	return end && ("output" in end ? { port: portTaken(node, end.output), output: end.output } : end);
}

async function recordWake(services: StepServices, call: StepCall, { attempt, answer, end }: Woken): Promise<boolean> {
	const place = { nodeId: call.nodeId, iteration: call.iteration };
	const port = "port" in end ? end.port : portOfFailure(nodeOf(call));
	const accepted = await retryWhileUnavailable(() =>
		recordRedacted(services, {
			...place,
			runId: call.run.id,
			from: { status: "waiting", answered: answer !== null },
			to:
				"port" in end ? { status: "completed", ...end } : { status: "failed", port: port ?? null, ...end, output: end },
			usage: [],
			events: [
				"port" in end
					? { type: "step.completed", ...place, data: { attempt, port: end.port } }
					: {
							type: "step.failed",
							...place,
							data: { attempt, error: end.error, timedOut: end.error.code === "timeout", ...(port && { port }) },
						},
			],
		}),
	);
	if (!accepted) return false;
	await services.sql`delete from outbox where run_id = ${call.run.id} and id = ${answerAnnouncement(call.run.id, place).id}`;
	// Whoever decides tells the others; here nobody has.
	if (answer === null) announceInboxes(services.sql, await findTold(services.sql, { ...place, runId: call.run.id }));
	return true;
}
