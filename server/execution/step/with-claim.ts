import { labelItem } from "@/server/nodes/for-each/list-items";
import { type ClaimAnswer, type ClaimRequest, MAX_LOST_ATTEMPTS, releaseLostStep } from "@/server/runs/claim-step";
import { endRun, type RunEnd } from "@/server/runs/end-run";
import { stepKey } from "@/server/runs/state";
import type { StepRef } from "@/server/runs/step-ref";
import { OwnerWatch, readOwner } from "@/server/runs/worker-liveness";
import { readProgress } from "../containers/container-progress";
import type { RecordBuffer } from "../record-buffer";
import type { RunFacts, StepPlace } from "../run-facts";
import type { ContainerProgress } from "../run-memory";
import type { RunRecords } from "../run-records";
import { sleep } from "../waits";
import type { StepWorld } from "../world";

/** What the walk learns of a step. */
export type StepAnswer =
	| { status: "completed"; port: string }
	| { status: "failed" }
	/** Try again at `at` (milliseconds since the epoch). */
	| { status: "retry"; at: number }
	/** Suspended until a time, or until somebody decides. */
	| { status: "waiting"; until: number | null }
	/** A container whose body is to be walked: so many items, or at most so many iterations. */
	| { status: "open"; total: number; parallel: number; onItemFailure: "stop" | "continue" }
	/** A loop looked at its condition; `problem` says why it could not. */
	| { status: "checked"; stop: boolean; problem?: string }
	| { status: "paused" }
	/** The run has ended. */
	| { status: "stopped" };

/** A step that the walk wants done. */
export interface StepCall extends StepPlace {
	facts: RunFacts;
	/** What is recorded of the run's steps. */
	records: RunRecords;
	/** What is not recorded yet: taken along by the claim. */
	buffer: RecordBuffer;
	/** The iteration of a container that begins with this step. */
	begins?: { container: StepPlace; index: number; total?: number };
	/** Queues each attempt, not the waits between them. */
	slot?: <Answer>(work: () => Promise<Answer>) => Promise<Answer>;
}

/** The right to do a step, and to record what became of it. */
export interface HeldClaim extends StepRef {
	worker: string;
	claim: number;
	attempt: number;
	maxAttempts: number;
	lost: number;
}

/** Does the work of a claim and records it; null when the step is to be claimed again: a retry, or a claim that was lost. */
export type Work = (claim: HeldClaim) => Promise<StepAnswer | null>;

/** Retries that come sooner than this are waited for on the spot; later ones are the engine's to wake. */
export const SHORT_WAIT_MS = 1_000;
const OWNER_POLL_MS = 200;
/** What executed when so many workers died may have killed them. It is claimed and executed alone among its like. */
const SUSPECT_LOSSES = 2;

const inProgress = new Map<string, Promise<StepAnswer>>();

/**
 * Does a step's work under a claim, or answers with what is known of it: recorded already, claimed by a living worker
 * (waits for its record), paused, over budget. A claim whose owner died is taken over.
 */
export function withClaim(world: StepWorld, call: StepCall, work: Work): Promise<StepAnswer> {
	const key = `${world.worker}:${call.facts.id}:${stepKey(call.nodeId, call.iteration)}`;
	const known = inProgress.get(key);
	if (known !== undefined) return known;
	const answer = claimAndWork(world, call, work).finally(() => inProgress.delete(key));
	inProgress.set(key, answer);
	return answer;
}

async function claimAndWork(world: StepWorld, call: StepCall, work: Work): Promise<StepAnswer> {
	const step: StepRef = { runId: call.facts.id, nodeId: call.nodeId, iteration: call.iteration };
	const maxAttempts = call.facts.index.nodes.get(call.nodeId)?.node.retry?.maxAttempts ?? 1;
	const request: Omit<ClaimRequest, "pending"> = {
		...step,
		worker: world.worker,
		maxAttempts,
		begins: call.begins && (await describeIteration(world, call.facts, call.begins)),
	};
	const claimAndTry = async () => {
		const answer = await call.buffer.claim(request);
		if (answer.kind !== "claimed") return answer;
		return { kind: "tried" as const, done: await work({ ...step, ...answer, worker: world.worker, maxAttempts }) };
	};
	const inSlot = () => (call.slot === undefined ? claimAndTry() : call.slot(claimAndTry));
	let lost = call.records.lost(call);
	const watch = new OwnerWatch();
	for (let known: ClaimAnswer | undefined = call.records.find(call); ; known = undefined) {
		const answer = known ?? (await (lost < SUSPECT_LOSSES ? inSlot() : world.suspectSlots(call.facts, inSlot)));
		switch (answer.kind) {
			case "tried":
				if (answer.done !== null) return answer.done;
				break;
			case "ended":
				if (answer.status === "completed") return { status: "completed", port: answer.port ?? "out" };
				return { status: answer.status === "cancelled" ? "stopped" : "failed" };
			case "suspended":
				return answer.status === "open"
					? openAnswer(await readProgress(world, step.runId, step))
					: { status: "waiting", until: answer.until };
			case "paused":
			case "stopped":
				return { status: answer.kind };
			case "over-budget":
				return await stopOverBudget(world, call, answer.budgetUsd);
			case "retry-later":
				if (answer.at - Date.now() > SHORT_WAIT_MS) return { status: "retry", at: answer.at };
				await waitFor(world, step.runId, answer.at - Date.now());
				break;
			case "owned":
				if (await waitForOwner(world, step, { ...answer, watch })) lost++;
				break;
			case "raced":
		}
	}
}

export function openAnswer({ items, limit = 0, parallel = 1, onItemFailure = "stop" }: ContainerProgress): StepAnswer {
	return { status: "open", total: items?.length ?? limit, parallel, onItemFailure };
}

/** What is recorded of an iteration that begins. */
export async function describeIteration(
	world: StepWorld,
	facts: RunFacts,
	{ container, index, total }: NonNullable<StepCall["begins"]>,
): Promise<NonNullable<ClaimRequest["begins"]>> {
	const { items } = await readProgress(world, facts.id, container);
	const { redact } = await world.secretsOf(facts);
	const label = items && index in items ? redact.cut(labelItem(items[index] ?? null, index)) : undefined;
	return { container, data: { index, ...(total !== undefined && { total }), ...(label !== undefined && { label }) } };
}

/** Waits a little for a living owner's record; frees the claim of one that is gone, and says so. */
async function waitForOwner(
	world: StepWorld,
	step: StepRef,
	{ owner, claim, watch }: { owner: string; claim: number; watch: OwnerWatch },
): Promise<boolean> {
	// This process does nothing for the step, so a claim in its own name is left from a record that failed.
	const isOurs = owner === world.worker;
	if (isOurs || watch.isDead(owner, await readOwner(world.sql, owner), Date.now())) {
		await releaseLostStep(world.sql, step, claim);
		return true;
	}
	await waitFor(world, step.runId, OWNER_POLL_MS);
	return false;
}

/** Waits as long as the run lives. */
async function waitFor(world: StepWorld, runId: string, ms: number): Promise<void> {
	const controller = world.signals.enter(runId);
	try {
		await sleep(ms, controller.signal);
	} finally {
		world.signals.leave(runId, controller);
	}
}

async function stopOverBudget(world: StepWorld, call: StepCall, budgetUsd: number): Promise<StepAnswer> {
	const message = `The run has reached its spending limit of $${budgetUsd}. Raise the limit in the workflow's settings, or use a cheaper model.`;
	const end: RunEnd = { status: "failed", error: { message, code: "budget" }, nodeId: call.nodeId };
	await call.buffer.flush();
	await endRun(world.sql, call.facts.id, { end });
	return { status: "stopped" };
}

/** Whether workers died so often in this step that another try would only kill one more. */
export function isPoisonous(claim: HeldClaim): boolean {
	return claim.lost >= MAX_LOST_ATTEMPTS && claim.attempt > claim.maxAttempts;
}
