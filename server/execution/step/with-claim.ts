import { labelItem } from "@/server/nodes/label-item";
import { stepKey } from "@/server/runs/state";
import type { StepRef } from "@/server/runs/step-ref";
import {
	type ClaimAnswer,
	type ClaimRequest,
	MAX_LOST_ATTEMPTS,
	releaseLostStep,
} from "@/server/runs/store/claim-step";
import { endRun, type RunEnd } from "@/server/runs/store/end-run";
import { OwnerWatch, readOwner } from "@/server/runs/workers/worker-liveness";
import { readProgress } from "../containers/container-progress";
import type { RecordBuffer } from "../record-buffer";
import type { ContainerProgress } from "../run-cache";
import type { RunContext, StepPlace } from "../run-context";
import { NO_RECORDS, type RunRecords } from "../run-records";
import type { StepServices } from "../step-services";
import { sleep } from "../waits";

/** The result of a step, as the walk sees it. */
export type StepAnswer =
	| { status: "completed"; port: string }
	| { status: "failed" }
	/** Try again at `at` (milliseconds since the epoch). */
	| { status: "retry"; at: number }
	/** Suspended until a time, or until somebody decides. */
	| { status: "waiting"; until: number | null }
	/** A container whose body is to be walked: `total` items, or at most `total` iterations. */
	| { status: "open"; total: number; parallel: number; onItemFailure: "stop" | "continue" }
	/** A loop's condition was evaluated; `problem` says why it could not be. */
	| { status: "checked"; stop: boolean; problem?: string }
	| { status: "paused" }
	/** The run has ended. */
	| { status: "stopped" };

/** A step that the walk wants done. */
export interface StepCall extends StepPlace {
	run: RunContext;
	/** What is recorded of the run's steps. */
	records: RunRecords;
	/** Records that are not written yet: the claim's statement writes them. */
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

/** Executes a claimed step and records it; null if it must be claimed again: for a retry, or after a lost claim. */
export type Work = (claim: HeldClaim) => Promise<StepAnswer | null>;

/** Shorter retry delays are waited for in this process; longer ones by the engine. */
export const SHORT_WAIT_MS = 1_000;
const OWNER_POLL_MS = 200;
/** A step that was running when so many workers died may have killed them: it executes in a suspect slot. */
const SUSPECT_LOSSES = 2;

const inProgress = new Map<string, Promise<StepAnswer>>();

/**
 * Does a step's work under a claim, or answers with what is known of it: recorded already, claimed by a living worker
 * (waits for its record), paused, over budget. A claim whose owner died is taken over.
 */
export async function withClaim(services: StepServices, call: StepCall, work: Work): Promise<StepAnswer> {
	// What is left of a walk that has ended begins nothing that the next walk would wait for.
	call.buffer.requireOpen();
	const key = `${services.worker}:${call.run.id}:${stepKey(call.nodeId, call.iteration)}`;
	const known = inProgress.get(key);
	if (known !== undefined) return await known;
	const answer = claimAndWork(services, call, work).finally(() => inProgress.delete(key));
	inProgress.set(key, answer);
	return await answer;
}

/**
 * Of a container or a wait that something else has ended, or the run with it: how. The records that the walk began with
 * still say that it goes on.
 */
export async function readEnd(services: StepServices, call: StepCall): Promise<StepAnswer> {
	return await withClaim(services, { ...call, records: NO_RECORDS }, () =>
		Promise.reject(new Error("A step that is suspended cannot be claimed.")),
	);
}

async function claimAndWork(services: StepServices, call: StepCall, work: Work): Promise<StepAnswer> {
	const step: StepRef = { runId: call.run.id, nodeId: call.nodeId, iteration: call.iteration };
	const maxAttempts = call.run.index.nodes.get(call.nodeId)?.node.retry?.maxAttempts ?? 1;
	const request: ClaimRequest = {
		...step,
		worker: services.worker,
		maxAttempts,
		begins: call.begins && (await describeIteration(services, call.run, call.begins)),
	};
	const claimAndTry = async () => {
		const answer = await call.buffer.claim(request);
		if (answer.kind !== "claimed") return answer;
		return { kind: "tried" as const, done: await work({ ...step, ...answer, worker: services.worker, maxAttempts }) };
	};
	const inSlot = () => (call.slot === undefined ? claimAndTry() : call.slot(claimAndTry));
	let lost = call.records.lost(call);
	const watch = new OwnerWatch();
	for (let known: ClaimAnswer | undefined = call.records.find(call); ; known = undefined) {
		const answer = known ?? (await (lost < SUSPECT_LOSSES ? inSlot() : services.suspectSlots(call.run, inSlot)));
		switch (answer.kind) {
			case "tried":
				if (answer.done !== null) return answer.done;
				break;
			case "ended":
				if (answer.status === "completed") return { status: "completed", port: answer.port ?? "out" };
				return { status: answer.status === "cancelled" ? "stopped" : "failed" };
			case "suspended":
				return answer.status === "open"
					? openAnswer(await readProgress(services, step.runId, step))
					: { status: "waiting", until: answer.until };
			case "paused":
			case "stopped":
				return { status: answer.kind };
			case "over-budget":
				return await stopOverBudget(services, call, answer.budgetUsd);
			case "retry-later":
				if (answer.at - Date.now() > SHORT_WAIT_MS) return { status: "retry", at: answer.at };
				await waitFor(services, step.runId, answer.at - Date.now());
				break;
			case "owned":
				if (await waitForOwner(services, step, { ...answer, watch })) lost++;
				break;
			case "raced":
		}
	}
}

export function openAnswer({ items, limit = 0, parallel = 1, onItemFailure = "stop" }: ContainerProgress): StepAnswer {
	return { status: "open", total: items?.length ?? limit, parallel, onItemFailure };
}

/** The data of the event that records the start of an iteration. */
export async function describeIteration(
	services: StepServices,
	run: RunContext,
	{ container, index, total }: NonNullable<StepCall["begins"]>,
): Promise<NonNullable<ClaimRequest["begins"]>> {
	const { items } = await readProgress(services, run.id, container);
	const { redact } = await services.secretsOf(run);
	const label = items && index in items ? redact.cut(labelItem(items[index] ?? null, index)) : undefined;
	return { container, data: { index, ...(total !== undefined && { total }), ...(label !== undefined && { label }) } };
}

/** Waits a little for a living owner's record; releases the claim of a dead one. */
async function waitForOwner(
	services: StepServices,
	step: StepRef,
	{ owner, claim, watch }: { owner: string; claim: number; watch: OwnerWatch },
): Promise<boolean> {
	// This process does nothing for the step, so a claim in its own name is left from a record that failed.
	const isOurs = owner === services.worker;
	if (isOurs || watch.isDead(owner, await readOwner(services.sql, owner), Date.now())) {
		await releaseLostStep(services.sql, step, claim);
		return true;
	}
	await waitFor(services, step.runId, OWNER_POLL_MS);
	return false;
}

/** Waits as long as the run lives. */
async function waitFor(services: StepServices, runId: string, ms: number): Promise<void> {
	const controller = services.signals.register(runId);
	try {
		await sleep(ms, controller.signal);
	} finally {
		services.signals.unregister(runId, controller);
	}
}

async function stopOverBudget(services: StepServices, call: StepCall, budgetUsd: number): Promise<StepAnswer> {
	const message = `The run has reached its spending limit of $${budgetUsd}. Raise the limit in the workflow's settings, or use a cheaper model.`;
	const end: RunEnd = { status: "failed", error: { message, code: "budget" }, nodeId: call.nodeId };
	await call.buffer.flush();
	await endRun(services.sql, call.run.id, { end });
	return { status: "stopped" };
}

/** Whether so many workers died in this step that another attempt would only kill one more. */
export function isPoisonous(claim: HeldClaim): boolean {
	return claim.lost >= MAX_LOST_ATTEMPTS && claim.attempt > claim.maxAttempts;
}
