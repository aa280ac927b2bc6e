import { FatalError } from "@/server/errors";
import { portOfOutput } from "@/server/nodes/port-of-output";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import type { LogLine } from "@/server/runs/events";
import { keepTrying } from "../keep-trying";
import type { RunContext } from "../run-context";
import type { StepServices } from "../step-services";
import { nodeOf, recordFailure } from "./attempt-step";
import { recordGuarded } from "./record-guarded";
import { toStepError } from "./run-attempt";
import type { HeldClaim, StepAnswer, StepCall } from "./with-claim";
import { withClaim } from "./with-claim";

interface PinnedEnd {
	port: string;
	output: Json;
}

/** How a step ends that is pinned. One whose output does not tell which exit it takes runs as if it were not. */
export function pinnedEnd({ pinned }: RunContext, node: PlanNode): PinnedEnd | undefined {
	const kept = pinned?.steps && Object.hasOwn(pinned.steps, node.id) ? pinned.steps[node.id] : undefined;
	const port = kept && portOfOutput(node, kept.output);
	return kept && port !== undefined ? { port, output: kept.output } : undefined;
}

/** Ends a step with its pinned output; nothing of it, nor of what is inside it, runs. */
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
	const accepted = await keepTrying(() =>
		recordGuarded(services, {
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
	services.memory.remember(claim.runId, claim, output);
	return { status: "completed", port };
}
