import { newId } from "@/db/new-id";
import { clampMoment } from "./duration";
import { buildEndEvents } from "./end-events";
import { toWireError } from "./engine-error";
import type { EventIndex, ReceivedEvent, Subscription } from "./event-index";
import { evaluateKey } from "./expression";
import type { Journal } from "./journal";
import type { EngineFunction } from "./read-functions";
import { dataResult, errorResult, type Job, type Run, type RunEnd } from "./run";
import type { Timers } from "./timers";

/** The fairness keys of the runs that an event starts, the outermost group first: slots are shared within each group. */
export type FairnessKeysOf = (event: ReceivedEvent) => readonly [string, ...string[]];

interface RunRegistryOptions {
	journal: Journal;
	timers: Timers;
	index: EventIndex;
	/** A run's function, or one of its planned steps, is due. */
	onDue: (run: Run, job?: Job) => void;
	fairnessKeysOf: FairnessKeysOf;
	/** Whether a function or a waiting run listens to events of this name. */
	hasListener: (eventName: string) => boolean;
}

/** All runs that have not ended, and every change of one: applied in memory and to the journal. */
export class RunRegistry {
	readonly runs = new Map<string, Run>();
	#options: RunRegistryOptions;
	#unsubscribe = new Map<string, () => void>();

	constructor(options: RunRegistryOptions) {
		this.#options = options;
	}

	/** Starts a run; an event of the future starts it when its time comes. */
	create(fn: EngineFunction, event: ReceivedEvent, parent?: Run["parent"]): Run {
		const now = Date.now();
		const run: Run = {
			id: newId(),
			fn,
			events: JSON.stringify([event]),
			parent,
			concurrencyKeys: fn.concurrency.map((c) => (c.key === undefined ? "" : evaluateKey(c.key, event))),
			fairnessKeys: this.#options.fairnessKeysOf(event),
			createdAt: now,
			discoverAt: Math.max(now, clampMoment(event.ts)),
			running: false,
			attempt: 0,
			crashes: 0,
			jobs: new Map(),
			memo: [],
			memoSize: 0,
			ended: false,
			emptyEntries: 0,
			quietUntil: 0,
		};
		this.#options.journal.record((changes) => changes.newRuns.add(run));
		this.adopt(run);
		return run;
	}

	/** Adds a run: a new one, or one that was read from the tables. */
	adopt(run: Run): void {
		this.runs.set(run.id, run);
		for (const [index, cancel] of run.fn.cancel.entries()) {
			const onMatch = () => {
				const late = cancel.timeoutMs !== undefined && Date.now() > run.createdAt + cancel.timeoutMs;
				if (!late) this.end(run, { status: "cancelled" });
			};
			this.#subscribe(`${run.id} cancel ${index}`, run, { ...cancel, onMatch });
		}
		for (const job of run.jobs.values()) this.#watch(run, job);
		this.#schedule(run);
	}

	/** Enters the function again: at once, or at a later moment. */
	discover(run: Run, at = Date.now()): void {
		if (run.ended) return;
		run.discoverAt = at;
		this.#options.journal.record((changes) => changes.changeRun(run));
		this.#schedule(run);
	}

	/** The function has been entered. */
	beginEntry(run: Run): void {
		run.discoverAt = null;
		run.running = true;
		this.#options.timers.clear(run.id);
		this.#options.journal.record((changes) => changes.changeRun(run));
	}

	/** The entry has ended, successfully or not; `attempt` counts the failed ones in a row. */
	endEntry(run: Run, attempt: number): void {
		run.running = false;
		run.attempt = attempt;
		run.crashes = 0;
		this.#options.journal.record((changes) => changes.changeRun(run));
		if (run.discoverAt !== null) this.#schedule(run);
	}

	/** Resets the counts after progress within an entry. */
	clearAttempts(run: Run): void {
		if (run.attempt === 0 && run.crashes === 0) return;
		run.attempt = 0;
		run.crashes = 0;
		this.#options.journal.record((changes) => changes.changeRun(run));
	}

	addJob(run: Run, job: Job): void {
		run.jobs.set(job.stepId, job);
		run.emptyEntries = 0;
		run.quietUntil = 0;
		this.changeJob(run, job);
		this.#watch(run, job);
	}

	changeJob(run: Run, job: Job): void {
		this.#options.journal.record((changes) => changes.changeJob(run, job));
	}

	retryJob(run: Run, job: Job, at: number): void {
		job.running = false;
		job.attempt += 1;
		job.dueAt = at;
		this.changeJob(run, job);
		this.#watch(run, job);
	}

	hasResult(run: Run, stepId: string): boolean {
		return run.memo?.some((step) => step.stepId === stepId) ?? false;
	}

	/** A step has its result, for good. */
	recordResult(run: Run, stepId: string, result: string): void {
		if (run.ended || this.hasResult(run, stepId)) return;
		const step = { stepId, result };
		const position = run.memoSize;
		run.memoSize += 1;
		run.memo?.push(step);
		this.#dropJob(run, stepId);
		this.#options.journal.record((changes) => changes.steps.push({ run, step, position }));
	}

	/** A pending step has its result: the function can go on. */
	resolve(run: Run, stepId: string, result: string): void {
		if (run.ended || !run.jobs.has(stepId)) return;
		this.recordResult(run, stepId, result);
		this.discover(run);
	}

	/** Ends and removes a run: resolves its parent's step, and sends the events of its end. */
	end(run: Run, end: RunEnd): void {
		if (run.ended) return;
		run.ended = true;
		this.runs.delete(run.id);
		this.#options.timers.clear(run.id);
		for (const stepId of run.jobs.keys()) this.#forget(run, stepId);
		for (const index of run.fn.cancel.keys()) this.#release(`${run.id} cancel ${index}`);
		const events = buildEndEvents(run, end).filter((event) => this.#options.hasListener(event.name));
		this.#options.journal.record((changes) => {
			changes.endRun(run);
			changes.newEvents.push(...events);
		});
		const parent = run.parent && this.runs.get(run.parent.runId);
		if (run.parent && parent) this.resolve(parent, run.parent.stepId, resultOf(end));
	}

	#schedule(run: Run): void {
		if (run.discoverAt === null || run.running) return;
		const at = run.jobs.size > 0 ? Math.max(run.discoverAt, run.quietUntil) : run.discoverAt;
		if (at <= Date.now()) this.#options.onDue(run);
		else this.#options.timers.set(run.id, at, () => this.#options.onDue(run));
	}

	#watch(run: Run, job: Job): void {
		const key = `${run.id} ${job.stepId}`;
		if (job.wait) {
			const onMatch = (event: ReceivedEvent) => this.resolve(run, job.stepId, dataResult(event));
			this.#subscribe(key, run, { ...job.wait, onMatch });
		}
		if (job.dueAt === null) return;
		if (job.kind === "step" && job.dueAt <= Date.now()) this.#options.onDue(run, job);
		else this.#options.timers.set(key, job.dueAt, () => this.#comeDue(run, job));
	}

	#comeDue(run: Run, job: Job): void {
		switch (job.kind) {
			case "step":
				this.#options.onDue(run, job);
				break;
			case "sleep":
			case "wait":
				this.resolve(run, job.stepId, dataResult(null));
				break;
			case "invoke":
				this.resolve(run, job.stepId, errorResult(INVOKE_TIMEOUT));
		}
	}

	#subscribe(key: string, run: Run, to: Omit<Subscription, "origin">): void {
		this.#release(key);
		const origin = run.events.slice(1, -1);
		this.#unsubscribe.set(key, this.#options.index.add({ ...to, origin }));
	}

	#dropJob(run: Run, stepId: string): void {
		if (!run.jobs.delete(stepId)) return;
		this.#forget(run, stepId);
		this.#options.journal.record((changes) => changes.endJob(run, stepId));
	}

	#forget(run: Run, stepId: string): void {
		this.#options.timers.clear(`${run.id} ${stepId}`);
		this.#release(`${run.id} ${stepId}`);
	}

	#release(key: string): void {
		this.#unsubscribe.get(key)?.();
		this.#unsubscribe.delete(key);
	}
}

const INVOKE_TIMEOUT = {
	name: "InngestInvokeTimeoutError",
	message: "Timed out waiting for the invoked function to complete",
};

function resultOf(end: RunEnd): string {
	switch (end.status) {
		case "completed":
			return dataResult(end.data);
		case "failed":
			return errorResult(end.error);
		case "cancelled":
			return errorResult(
				toWireError({ name: "InngestInvokeCancelledError", message: "The invoked function was cancelled" }),
			);
	}
}
