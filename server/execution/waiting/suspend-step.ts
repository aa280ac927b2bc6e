import { FatalError } from "@/server/errors";
import { approvalDefinition } from "@/server/nodes/approval/definition";
import { delayDefinition } from "@/server/nodes/delay/definition";
import { wakeTime } from "@/server/nodes/delay/wake-time";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import type { RunEventData } from "@/server/runs/events";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import { nodeOf, recordFailure } from "../step/attempt-step";
import { loadScope, type StepScope } from "../step/load-scope";
import { needsOf } from "../step/needs";
import { resolveNodeConfig } from "../step/prepare-step";
import { recordRedacted } from "../step/record-redacted";
import { toStepError } from "../step/run-attempt";
import type { HeldClaim, StepAnswer, StepCall } from "../step/with-claim";
import { withClaim } from "../step/with-claim";
import type { StepServices } from "../step-services";

/** Begins a delay or an approval: resolves what it waits for, and records that it waits. */
export function suspendStep(services: StepServices, call: StepCall): Promise<StepAnswer> {
	return withClaim(services, call, async (claim) => {
		const node = nodeOf(call);
		try {
			const scope = await loadScope(services, call.run, { ...claim, needs: needsOf(node) });
			return await recordWait(services, claim, readWait(node, scope));
		} catch (error) {
			if (!(error instanceof FatalError)) throw error;
			return await recordFailure(services, { node, claim }, { error: toStepError(error), isFinal: true });
		}
	});
}

interface Wait {
	recorded: Json;
	until: number | null;
	data: RunEventData<"step.waiting">;
}

function readWait(node: PlanNode, scope: StepScope): Wait {
	if (node.type === "delay") {
		const { config, recorded } = resolveNodeConfig(node, delayDefinition.config, scope);
		const until = wakeTime(config, Date.now());
		return { recorded, until, data: { for: "delay", until } };
	}
	const { config, recorded } = resolveNodeConfig(node, approvalDefinition.config, scope);
	const { message, fields, approvers, timeoutSeconds } = config;
	if (Object.keys(scope.secrets).length > 0) {
		throw new FatalError("A secret cannot be used in an approval, which people read.");
	}
	const until = timeoutSeconds === undefined ? null : Date.now() + timeoutSeconds * 1000;
	return { recorded, until, data: { for: "approval", message, fields, approvers, ...(until !== null && { until }) } };
}

async function recordWait(services: StepServices, claim: HeldClaim, wait: Wait): Promise<StepAnswer | null> {
	const accepted = await retryWhileUnavailable(() =>
		recordRedacted(services, {
			...claim,
			from: { status: "running", worker: claim.worker, claim: claim.claim },
			to: { status: "waiting", until: wait.until },
			input: wait.recorded,
			usage: [],
			events: [{ type: "step.waiting", nodeId: claim.nodeId, iteration: claim.iteration, data: wait.data }],
		}),
	);
	return accepted ? { status: "waiting", until: wait.until } : null;
}
