import { FatalError } from "@/server/errors";
import type { WaitExecutor } from "@/server/nodes/executors";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import type { RunEventData } from "@/server/runs/events";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import { nodeOf, recordFailure } from "../step/attempt-step";
import { loadScope, type StepScope } from "../step/load-scope";
import { needsOf } from "../step/needs";
import { resolveNode } from "../step/prepare-step";
import { recordRedacted } from "../step/record-redacted";
import { toStepError } from "../step/run-attempt";
import type { HeldClaim, StepAnswer, StepCall } from "../step/with-claim";
import { withClaim } from "../step/with-claim";
import type { StepServices } from "../step-services";

/** Begins a wait: resolves what for, and records that the step waits. */
export function suspendStep(services: StepServices, call: StepCall, executor: WaitExecutor): Promise<StepAnswer> {
	return withClaim(services, call, async (claim) => {
		const node = nodeOf(call);
		try {
			const scope = await loadScope(services, call.run, { ...claim, needs: needsOf(node) });
			return await recordWait(services, claim, readWait(node, scope, executor));
		} catch (error) {
			if (!(error instanceof FatalError)) throw error;
			return await recordFailure(services, { node, claim }, { error: toStepError(error), isFinal: true });
		}
	});
}

interface Wait {
	recorded: Json;
	data: RunEventData<"step.waiting">;
}

function readWait(node: PlanNode, scope: StepScope, executor: WaitExecutor): Wait {
	const { config, recorded } = resolveNode(node, scope);
	const data = executor.begin(config, Date.now());
	if (data.for === "approval" && Object.keys(scope.secrets).length > 0) {
		throw new FatalError("A secret cannot be used in an approval, which people read.");
	}
	return { recorded, data };
}

async function recordWait(
	services: StepServices,
	claim: HeldClaim,
	{ recorded, data }: Wait,
): Promise<StepAnswer | null> {
	const { until = null } = data;
	const accepted = await retryWhileUnavailable(() =>
		recordRedacted(services, {
			...claim,
			from: { status: "running", worker: claim.worker, claim: claim.claim },
			to: { status: "waiting", until },
			input: recorded,
			usage: [],
			events: [{ type: "step.waiting", nodeId: claim.nodeId, iteration: claim.iteration, data }],
		}),
	);
	return accepted ? { status: "waiting", until } : null;
}
