import { FatalError } from "@/server/errors";
import type { StepResult } from "@/server/nodes/execute-context";
import type { Json } from "@/server/plan/values/json";
import type { NewRunEvent } from "@/server/runs/events";
import { isCacheable } from "../run-cache";
import { ClaimLost } from "../run-signals";
import type { StepServices } from "../step-services";
import {
	appendEvents,
	attemptStep,
	type BegunAttempt,
	beginAttempt,
	completedOf,
	nodeOf,
	recordOfSuccess,
} from "./attempt-step";
import { redactRecord } from "./record-redacted";
import { describeIteration, type HeldClaim, type StepAnswer, type StepCall, withClaim } from "./with-claim";

/** A step that takes longer than this is claimed, and shown as running. */
const CLAIM_AFTER_MS = 50;

/**
 * Executes a step without effect and without a claim: if another worker does so too, only one result is recorded. The step is
 * claimed after all if it takes longer than 50 ms, fails, or has a long output.
 */
export async function executeUnclaimed(services: StepServices, call: StepCall): Promise<StepAnswer> {
	const controller = services.signals.register(call.run.id);
	try {
		const startedAt = Date.now();
		const begun = await beginUnclaimed(services, call, controller);
		const result = begun && (await withinTime(begun.end));
		if (result && "output" in result && isCacheable(result.output)) {
			const port = await complete(services, call, { ...begun, startedAt, result });
			if (port !== undefined) return { status: "completed", port };
		}
		const answer = await withClaim(services, call, async (claim) => {
			const first = claim.attempt === 1 ? begun : undefined;
			await first?.claim(claim);
			return await attemptStep(services, call, { claim, begun: first });
		});
		controller.abort(new ClaimLost());
		return answer;
	} finally {
		services.signals.unregister(call.run.id, controller);
	}
}

interface Unclaimed extends BegunAttempt {
	/** Records what it has printed, and what it prints from then on, under the claim. */
	claim(claim: HeldClaim): Promise<void>;
	/** What it has printed before it was claimed. */
	printed: readonly NewRunEvent[];
}

/** Undefined if the step cannot be prepared: the claimed attempt then records why. */
async function beginUnclaimed(
	services: StepServices,
	call: StepCall,
	controller: AbortController,
): Promise<Unclaimed | undefined> {
	let claimed: HeldClaim | undefined;
	const printed: NewRunEvent[] = [];
	const append = async (events: readonly NewRunEvent[]) => {
		if (claimed === undefined) printed.push(...events);
		else await appendEvents(services, claimed, events);
	};
	try {
		const begun = await beginAttempt(services, call, { attempt: 1, controller, append });
		const claim = async (held: HeldClaim) => {
			claimed = held;
			if (printed.length > 0) await appendEvents(services, held, printed.splice(0));
		};
		return { ...begun, printed, claim };
	} catch (error) {
		if (!(error instanceof FatalError)) throw error;
		return undefined;
	}
}

async function withinTime(end: BegunAttempt["end"]) {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<undefined>((resolve) => {
		timer = setTimeout(() => resolve(undefined), CLAIM_AFTER_MS);
	});
	return await Promise.race([end, late]).finally(() => clearTimeout(timer));
}

/** Adds the record to the walk's next statement, and returns the port; undefined if the step needs a claim. */
async function complete(
	services: StepServices,
	call: StepCall,
	{ prepared, printed, startedAt, result }: Unclaimed & { startedAt: number; result: StepResult<Json> },
): Promise<string | undefined> {
	if (prepared.usage.length > 0 || prepared.variables.size > 0) return undefined;
	const node = nodeOf(call);
	const { nodeId, iteration } = call;
	const place = { runId: call.run.id, nodeId, iteration };
	const maxAttempts = node.retry?.maxAttempts ?? 1;
	const claim: HeldClaim = { ...place, worker: services.worker, claim: 0, attempt: 1, maxAttempts, lost: 0 };
	const record = await recordOfSuccess({ node, claim, prepared }, result);
	const begins: NewRunEvent[] = [...(await iterated(services, call))];
	const started: NewRunEvent = { type: "step.started", nodeId, iteration, data: { attempt: 1, maxAttempts } };
	const hidden = await redactRecord(services, {
		...record,
		events: [...begins, started, ...printed, ...record.events],
	});
	const completed = completedOf(hidden);
	if (completed === undefined) return undefined;
	// If the walk has ended, the next one executes this step again.
	if (call.buffer.add({ kind: "done", startedAt, ...completed })) {
		services.cache.setOutput(call.run.id, call, result.output);
		await call.buffer.flushIfDue();
	}
	return record.to.port;
}

async function iterated(services: StepServices, { run, begins }: StepCall): Promise<NewRunEvent[]> {
	if (begins === undefined) return [];
	const { container, data } = await describeIteration(services, run, begins);
	return [{ type: "step.iterated", nodeId: container.nodeId, iteration: container.iteration, data }];
}
