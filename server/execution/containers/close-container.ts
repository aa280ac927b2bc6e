import { FatalError } from "@/server/errors";
import type { ContainerEnd } from "@/server/nodes/container";
import { portTaken } from "@/server/nodes/port-of-output";
import type { Json } from "@/server/plan/values/json";
import type { StepError } from "@/server/runs/events";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import { nodeOf, portOfFailure } from "../step/attempt-step";
import { recordRedacted } from "../step/record-redacted";
import { toStepError } from "../step/run-attempt";
import type { StepAnswer, StepCall } from "../step/with-claim";
import { readEnd } from "../step/with-claim";
import type { StepServices } from "../step-services";

type RecordedEnd = { port: string; output: Json } | { error: StepError; output: Json };

/** Records the end of a container whose body has been walked. */
export async function closeContainer(services: StepServices, call: StepCall, end: ContainerEnd): Promise<StepAnswer> {
	await call.buffer.flush();
	try {
		const port = portTaken(nodeOf(call), end.output);
		return await recordEnd(services, call, "error" in end ? withError(end) : { port, output: end.output });
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		return await recordEnd(services, call, withError({ error: toStepError(error), output: null }));
	}
}

/** Behind its error exit the output of a container has the error, like that of any step. */
function withError(end: Extract<ContainerEnd, { error: StepError }>): RecordedEnd {
	return { ...end, output: { ...Object(end.output), error: { ...end.error } } };
}

async function recordEnd(services: StepServices, call: StepCall, end: RecordedEnd): Promise<StepAnswer> {
	const place = { nodeId: call.nodeId, iteration: call.iteration };
	const failedPort = portOfFailure(nodeOf(call));
	const accepted = await retryWhileUnavailable(() =>
		recordRedacted(services, {
			...place,
			runId: call.run.id,
			from: { status: "open" },
			to: "port" in end ? { status: "completed", ...end } : { status: "failed", port: failedPort ?? null, ...end },
			usage: [],
			events: [
				"port" in end
					? { type: "step.completed", ...place, data: { attempt: 1, port: end.port } }
					: {
							type: "step.failed",
							...place,
							data: { attempt: 1, error: end.error, timedOut: false, ...(failedPort && { port: failedPort }) },
						},
			],
		}),
	);
	if (accepted) {
		services.cache.setOutput(call.run.id, place, end.output);
		return "port" in end ? { status: "completed", port: end.port } : { status: "failed" };
	}
	return await readEnd(services, call);
}
