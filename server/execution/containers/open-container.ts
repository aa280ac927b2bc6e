import { FatalError } from "@/server/errors";
import { forEachDefinition } from "@/server/nodes/for-each/definition";
import { listItems } from "@/server/nodes/for-each/list-items";
import { loopDefinition } from "@/server/nodes/loop/definition";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import type { ContainerProgress } from "../run-cache";
import { nodeOf, recordFailure } from "../step/attempt-step";
import { loadScope, type StepScope } from "../step/load-scope";
import { needsOf } from "../step/needs";
import { resolveNodeConfig } from "../step/prepare-step";
import { recordRedacted } from "../step/record-redacted";
import { toStepError } from "../step/run-attempt";
import type { HeldClaim, StepAnswer, StepCall } from "../step/with-claim";
import { openAnswer, withClaim } from "../step/with-claim";
import type { StepServices } from "../step-services";

/** Opens a loop or a for-each: resolves its items or first variables, and keeps them for its iterations. */
export function openContainer(services: StepServices, call: StepCall): Promise<StepAnswer> {
	return withClaim(services, call, async (claim) => {
		const node = nodeOf(call);
		try {
			const scope = await loadScope(services, call.run, { ...claim, needs: needsOf(node) });
			return await recordOpen(services, claim, readOpening(node, scope));
		} catch (error) {
			if (!(error instanceof FatalError)) throw error;
			return await recordFailure(services, { node, claim }, { error: toStepError(error), isFinal: true });
		}
	});
}

function readOpening(node: PlanNode, scope: StepScope): { recorded: Json; progress: ContainerProgress } {
	if (Object.keys(scope.secrets).length > 0) {
		throw new FatalError("A secret cannot be an item or a variable. Use it in the step that needs it.");
	}
	if (node.type === "for-each") {
		const { config, recorded } = resolveNodeConfig(node, forEachDefinition.config, scope);
		const { items, parallel, onItemFailure, workspace } = config;
		return { recorded, progress: { items: listItems(items), parallel, onItemFailure, workspace } };
	}
	const { config, recorded } = resolveNodeConfig(node, loopDefinition.config, scope);
	return { recorded, progress: { vars: config.vars, limit: config.maxIterations } };
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
