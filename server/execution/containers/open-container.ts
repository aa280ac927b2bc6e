import { FatalError } from "@/server/errors";
import type { ContainerExecutor } from "@/server/nodes/executors";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import type { ContainerProgress } from "../run-cache";
import { nodeOf, recordFailure } from "../step/attempt-step";
import { loadScope, type StepScope } from "../step/load-scope";
import { needsOf } from "../step/needs";
import { resolveNode } from "../step/prepare-step";
import { recordRedacted } from "../step/record-redacted";
import { toStepError } from "../step/run-attempt";
import type { HeldClaim, StepAnswer, StepCall } from "../step/with-claim";
import { openAnswer, withClaim } from "../step/with-claim";
import type { StepServices } from "../step-services";

/** Opens a container: resolves its items or first variables, and keeps them for its iterations. */
export function openContainer(
	services: StepServices,
	call: StepCall,
	executor: ContainerExecutor,
): Promise<StepAnswer> {
	return withClaim(services, call, async (claim) => {
		const node = nodeOf(call);
		try {
			const scope = await loadScope(services, call.run, { ...claim, needs: needsOf(node) });
			return await recordOpen(services, claim, readOpening(node, scope, executor));
		} catch (error) {
			if (!(error instanceof FatalError)) throw error;
			return await recordFailure(services, { node, claim }, { error: toStepError(error), isFinal: true });
		}
	});
}

function readOpening(
	node: PlanNode,
	scope: StepScope,
	executor: ContainerExecutor,
): { recorded: Json; progress: ContainerProgress } {
	if (Object.keys(scope.secrets).length > 0) {
		throw new FatalError("A secret cannot be an item or a variable. Use it in the step that needs it.");
	}
	const { config, recorded } = resolveNode(node, scope);
	return { recorded, progress: executor.open(config) };
}

async function recordOpen(
	services: StepServices,
	claim: HeldClaim,
	open: { recorded: Json; progress: ContainerProgress },
): Promise<StepAnswer | null> {
	const accepted = await retryWhileUnavailable(() =>
		recordRedacted(services, {
			...claim,
			from: { status: "running", worker: claim.worker, claim: claim.claim },
			to: { status: "open", output: { ...open.progress } },
			input: open.recorded,
			usage: [],
			events: [],
		}),
	);
	return accepted ? openAnswer(open.progress) : null;
}
