import { newId } from "@/db/new-id";
import { FairQueue, type Taken } from "@/server/execution/fair-queue";
import { type AnswerContext, applyEntryAnswer, applyOp, applyStepAnswer } from "./apply-answer";
import { toWireError } from "./engine-error";
import type { EngineLog } from "./engine-log";
import type { Journal } from "./journal";
import { LeadershipLost } from "./leadership";
import { type Answer, callFunction, type Op } from "./protocol";
import { isIdle, type Job, type Run, type StepResult } from "./run";
import type { Handler } from "./serve";

/**
 * A step that was running at so many crashes may have caused them. Such suspects execute one at a time, so that the one that
 * kills its process does not use up the attempts of the others.
 */
const SUSPECT_CRASHES = 2;

/** One call of a function that is under way. */
interface Dispatch {
	id: string;
	run: Run;
	job: Job | undefined;
	/** Its answer is ignored: the run was cancelled, ended or handed back. */
	stale: boolean;
}

interface Waiting {
	key: string;
	run: Run;
	job: Job | undefined;
}

/** At most this multiple of the limit executes, so that each of many groups gets a slot. */
const MAX_OVERDRAFT = 2;

interface DispatcherOptions extends AnswerContext {
	handler: Handler;
	journal: Journal;
	maxInFlight: number;
	log: EngineLog;
	/** Reads a run's results back into memory. */
	loadMemo: (run: Run) => Promise<StepResult[]>;
}

/** Calls functions: within the limits, fairly, each run entered once at a time, its planned steps side by side. */
export class Dispatcher {
	#options: DispatcherOptions;
	#waiting = new Map<string, Waiting>();
	#queue = new FairQueue<Waiting>();
	#live = new Map<string, Dispatch>();
	#held = new Map<string, number>();
	#suspects = 0;
	#inFlight = 0;
	#paused = false;
	#draining: (() => void) | undefined;

	constructor(options: DispatcherOptions) {
		this.#options = options;
	}

	get counts(): { waiting: number; executing: number } {
		return { waiting: this.#waiting.size, executing: this.#inFlight };
	}

	/** A run's function, or its planned step, is due. */
	offer(run: Run, job?: Job): void {
		if (run.ended || (job ? job.running : run.running)) return;
		// Entries beside pending steps execute nothing and take a moment: they need no slot and never wait for one.
		if (!job && run.jobs.size > 0 && !this.#paused) return void this.#dispatch(run, undefined);
		const key = job ? `${run.id} ${job.stepId}` : run.id;
		const known = this.#waiting.get(key);
		if (known) known.job = job;
		else {
			const fresh: Waiting = { key, run, job };
			this.#waiting.set(key, fresh);
			this.#queue.add(run.fairnessKeys, fresh);
		}
		this.#pump();
	}

	/** While the database is away nothing new is begun. */
	pause(paused: boolean): void {
		this.#paused = paused || this.#draining !== undefined;
		this.#pump();
	}

	/** Lets what executes end its current step, for at most `graceMs`. */
	async drain(graceMs: number): Promise<void> {
		this.#paused = true;
		if (this.#live.size === 0) return;
		await new Promise<void>((resolve) => {
			const timeout = setTimeout(resolve, graceMs);
			this.#draining = () => {
				clearTimeout(timeout);
				resolve();
			};
		});
	}

	/** Ignores the answers of all calls in flight. */
	abandon(): void {
		this.#paused = true;
		for (const dispatch of this.#live.values()) dispatch.stale = true;
		this.#live.clear();
		this.#waiting.clear();
		this.#queue.clear();
	}

	/** Records results that a running function reports. False if the function must stop: its results are ignored. */
	async checkpoint(runId: string, dispatchId: string, ops: Op[]): Promise<boolean> {
		const dispatch = this.#live.get(dispatchId);
		if (!dispatch || dispatch.stale || dispatch.run.ended || dispatch.run.id !== runId) return false;
		const { run } = dispatch;
		const { registry, journal } = this.#options;
		for (const op of ops) {
			if (op.op === "StepRun")
				registry.recordResult(run, op.id, JSON.stringify({ type: "data", data: op.data ?? null }));
			else applyOp(this.#options, run, op);
		}
		registry.clearAttempts(run);
		try {
			await journal.durable();
		} catch (error) {
			if (error instanceof LeadershipLost) return false;
			throw error;
		}
		if (this.#draining && !dispatch.stale && !run.ended) this.#handBack(dispatch);
		return !dispatch.stale && !run.ended;
	}

	#pump(): void {
		while (!this.#paused) {
			const accept = (waiting: Waiting) => isOver(waiting) || this.#mayBegin(waiting);
			const next = this.#queue.take({ accept, mostRunning: this.#mostRunning() });
			if (next === undefined) return;
			this.#waiting.delete(next.item.key);
			if (isOver(next.item)) next.release();
			else this.#begin(next);
		}
	}

	/**
	 * How many slots a group may have to get one more. An entry keeps its slot for as long as its function goes on, which may
	 * be minutes: where others have taken all, a group still gets up to its share.
	 */
	#mostRunning(): number {
		const { maxInFlight } = this.#options;
		if (this.#inFlight < maxInFlight) return Number.POSITIVE_INFINITY;
		if (this.#inFlight >= MAX_OVERDRAFT * maxInFlight) return 0;
		return Math.max(1, Math.floor(maxInFlight / this.#queue.groups));
	}

	#mayBegin({ run, job }: Waiting): boolean {
		if (suspicionOf(run, job) + this.#suspects > 1) return false;
		return !limitsOf(run).some(({ key, limit }) => (this.#held.get(key) ?? 0) >= limit);
	}

	#begin({ item: { run, job }, release }: Taken<Waiting>): void {
		const keys = limitsOf(run);
		const suspicion = suspicionOf(run, job);
		for (const { key } of keys) this.#held.set(key, (this.#held.get(key) ?? 0) + 1);
		this.#suspects += suspicion;
		this.#inFlight += 1;
		void this.#dispatch(run, job).then(() => {
			this.#inFlight -= 1;
			this.#suspects -= suspicion;
			for (const { key } of keys) this.#release(key);
			release();
			this.#pump();
		});
	}

	#release(key: string): void {
		const left = (this.#held.get(key) ?? 1) - 1;
		if (left > 0) this.#held.set(key, left);
		else this.#held.delete(key);
	}

	async #dispatch(run: Run, job: Job | undefined): Promise<void> {
		const { registry, log } = this.#options;
		const dispatch: Dispatch = { id: newId(), run, job, stale: false };
		this.#live.set(dispatch.id, dispatch);
		const planOnly = !job && run.jobs.size > 0;
		if (job) {
			job.running = true;
			registry.changeJob(run, job);
		} else {
			registry.beginEntry(run);
		}
		const since = Date.now();
		try {
			const answer = await this.#call(dispatch, planOnly);
			if (planOnly) delayNextEntry(run, Date.now() - since);
			if (answer && !dispatch.stale && !run.ended) this.#apply(run, job, answer);
		} catch (error) {
			log.error({ err: error, runId: run.id }, "A call of a function could not be handled");
		} finally {
			this.#live.delete(dispatch.id);
			if (!run.ended && isIdle(run)) run.memo = undefined;
			if (this.#live.size === 0) this.#draining?.();
		}
	}

	/** Undefined if the call was not made or its answer is lost: the leader then continues the run. */
	async #call(dispatch: Dispatch, planOnly: boolean): Promise<Answer | undefined> {
		const { handler, journal, loadMemo } = this.#options;
		const { run, job } = dispatch;
		try {
			run.memo ??= await loadMemo(run);
			// Effects come after what they rest on is durable; planning has no effects.
			if (!planOnly) await journal.durable();
		} catch (error) {
			if (error instanceof LeadershipLost) return undefined;
			throw error;
		}
		if (this.#draining) this.#handBack(dispatch);
		if (dispatch.stale || run.ended) return undefined;
		const { attempt, crashes } = job ?? run;
		try {
			return await callFunction(handler, {
				id: dispatch.id,
				functionId: run.fn.id,
				runId: run.id,
				events: run.events,
				memo: job ? run.memo.slice(0, job.memoSize) : run.memo,
				stepId: job?.stepId,
				attempt: Math.min(attempt + crashes, run.fn.maxAttempts - 1),
				maxAttempts: run.fn.maxAttempts,
				planOnly,
			});
		} catch (error) {
			return { kind: "threw", error: toWireError(error), final: false };
		}
	}

	#apply(run: Run, job: Job | undefined, answer: Answer): void {
		if (job) applyStepAnswer(this.#options, { run, job }, answer);
		else applyEntryAnswer(this.#options, run, answer);
	}

	/** On shutdown: the next leader continues from what is recorded. */
	#handBack(dispatch: Dispatch): void {
		const { run, job } = dispatch;
		const { registry } = this.#options;
		dispatch.stale = true;
		if (job) {
			job.running = false;
			registry.changeJob(run, job);
		} else {
			registry.discover(run);
			registry.endEntry(run, run.attempt);
		}
	}
}

/**
 * Each step of a wide fan-out that ends enters the function again, mostly to find nothing new, at a cost that grows with the
 * number of steps. The next entry is delayed by as long as those took, until one finds a step (`addJob`) or the last step ends.
 */
function delayNextEntry(run: Run, durationMs: number): void {
	run.emptyEntries = Math.min(run.emptyEntries + 1, 4);
	run.quietUntil = Date.now() + durationMs * run.emptyEntries;
}

/** Whether the work is obsolete: the run has ended, or the step was planned anew. */
function isOver({ run, job }: Waiting): boolean {
	return run.ended || (job !== undefined && run.jobs.get(job.stepId) !== job);
}

function suspicionOf(run: Run, job: Job | undefined): 0 | 1 {
	return (job ?? run).crashes >= SUSPECT_CRASHES ? 1 : 0;
}

function limitsOf(run: Run): { key: string; limit: number }[] {
	return run.fn.concurrency.flatMap(({ scope, key, limit }, index) =>
		// 0 is Inngest's "no limit".
		limit === 0 ? [] : [{ key: `${scope}\n${key ?? ""}\n${run.concurrencyKeys[index] ?? ""}`, limit }],
	);
}
