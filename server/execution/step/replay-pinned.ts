import { FatalError } from "@/server/errors";
import { portOfOutput } from "@/server/nodes/port-of-output";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import type { LogLine } from "@/server/runs/events";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import type { RunContext } from "../run-context";
import type { StepServices } from "../step-services";
import { nodeOf, recordFailure } from "./attempt-step";
import { recordRedacted } from "./record-redacted";
import { toStepError } from "./run-attempt";
import type { HeldClaim, StepAnswer, StepCall } from "./with-claim";
import { withClaim } from "./with-claim";

interface PinnedEnd {
	port: string;
	output: Json;
}

/** The end of a pinned step. Undefined if the step is not pinned, or its output does not determine a port: then it runs. */
export function pinnedEnd({ pinned }: RunContext, node: PlanNode): PinnedEnd | undefined {
	const kept = pinned?.steps && Object.hasOwn(pinned.steps, node.id) ? pinned.steps[node.id] : undefined;
	const port = kept && portOfOutput(node, kept.output);
	return kept && port !== undefined ? { port, output: kept.output } : undefined;
}

/** Ends a step with its pinned output: neither it nor the steps inside it run. */
export function replayPinned(services: StepServices, call: StepCall, { port, output }: PinnedEnd): Promise<StepAnswer> {
	return withClaim(services, call, async (claim) => {
		try {
			return await recordPinned(services, claim, { port, output });
		} catch (error) {
			if (!(error instanceof FatalError)) throw error;
			return await recordFailure(services, { node: nodeOf(call), claim }, { error: toStepError(error), isFinal: true });
		}
	});
}

async function recordPinned(
	services: StepServices,
	claim: HeldClaim,
	{ port, output }: PinnedEnd,
): Promise<StepAnswer | null> {
	const place = { nodeId: claim.nodeId, iteration: claim.iteration };
	const line: LogLine = { level: "info", text: "Not run: its output is pinned.", at: Date.now() };
	const accepted = await retryWhileUnavailable(() =>
		recordRedacted(services, {
			...claim,
			from: { status: "running", worker: claim.worker, claim: claim.claim },
			to: { status: "completed", port, output },
			usage: [],
			events: [
				{ type: "step.log", ...place, data: { lines: [line] } },
				{ type: "step.completed", ...place, data: { attempt: claim.attempt, port } },
			],
		}),
	);
	if (!accepted) return null;
	services.cache.setOutput(claim.runId, claim, output);
	return { status: "completed", port };
}
