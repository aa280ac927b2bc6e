import { setImmediate } from "node:timers/promises";
import { FatalError } from "@/server/errors";
import type { Json } from "@/server/plan/values/json";
import { type ClaimAnswer, type ClaimRequest, claimSteps } from "@/server/runs/store/claim-step";
import { completeRun } from "@/server/runs/store/complete-run";
import type { EndedRun } from "@/server/runs/store/end-run";
import type { PendingRecord } from "@/server/runs/store/pending-records";
import { recordPending } from "@/server/runs/store/record-pending";
import { retryWhileUnavailable } from "./retry-while-unavailable";
import { RunPaused, RunStopped, WalkOutdated } from "./run-signals";
import type { StepServices } from "./step-services";

/** A record that waits for the next statement, and what is done with it if that statement fails. */
type Buffered = PendingRecord & {
	/** Records a claimed step by a statement of its own, if the statement that contained it has failed. */
	recordAlone?(): Promise<void>;
};

/**
 * Records of a walk that are not written yet. The claim of the next step writes them in its statement, so that no step starts
 * before everything it depends on is recorded; without a claim they are written some milliseconds later. Statements run one at
 * a time; if one is refused the walk ends and is started anew from the recorded state.
 */
export interface RecordBuffer {
	/** Adds a record. False if the walk has ended: the caller must record it itself, or leave it to the next walk. */
	add(record: Buffered): boolean;
	/** Claims a step, in one statement with all others that are to be claimed when its turn comes. */
	claim(request: ClaimRequest): Promise<ClaimAnswer>;
	/** Writes the pending records and the end of the run; undefined if it had ended already, or cannot end yet. */
	complete(output: Json | undefined): Promise<EndedRun | undefined>;
	/**
	 * Lets records be written that are due, while the walk goes on: it may keep the process for itself for longer than they
	 * are to wait. With too many of them pending it waits until they are written.
	 */
	flushIfDue(): Promise<void>;
	/** Resolves when all records that were added before are written. */
	flush(): Promise<void>;
	/** Whether steps may be recorded later than they end. */
	readonly isLazy: boolean;
	/** Rejects with the reason for which the walk cannot go on. */
	readonly failed: Promise<never>;
	/** Refuses further records. */
	close(reason: Error): void;
	/** Throws the reason for which the walk has ended, once it has. */
	requireOpen(): void;
}

/** Without a claim that writes them, records are written at this interval. */
const FLUSH_MS = 10;
/** The first one of a walk waits only for others that end at the same time. */
const FIRST_FLUSH_MS = 1;
/** With so many pending the walk waits until they are written. */
const MAX_PENDING = 50;
/** So many steps are claimed by one statement. */
const MAX_CLAIMS = 50;

export function createRecordBuffer(
	services: StepServices,
	runId: string,
	{ isLazy }: { isLazy: boolean },
): RecordBuffer {
	let pending: Buffered[] = [];
	let writing: Promise<unknown> = Promise.resolve();
	let timer: NodeJS.Timeout | undefined;
	/** When what is pending is to be written; milliseconds since the epoch. */
	let dueAt = 0;
	let closed: Error | undefined;
	/** Claims whose statement has not begun. */
	let claims: ReturnType<typeof claimTogether> | undefined;
	/** Refuse claims that the database has not been asked for: the next walk may claim the same steps at once. */
	const unasked = new Set<(reason: Error) => void>();
	let reject: (reason: Error) => void = () => {};
	const failed = new Promise<never>((_resolve, giveUp) => {
		reject = giveUp;
	});
	failed.catch(() => {});

	function close(reason: Error): void {
		if (closed) return;
		closed = reason;
		clearTimeout(timer);
		reject(reason);
		for (const refuseAll of unasked) refuseAll(reason);
		unasked.clear();
	}

	/** Queues a statement, which writes all records that are pending when it starts. */
	function write<Answer extends { runStatus: string | undefined }>(
		statement: (pending: readonly PendingRecord[]) => Promise<Answer>,
	): Promise<Answer> {
		const turn = writing.then(async () => {
			if (closed) throw closed;
			clearTimeout(timer);
			timer = undefined;
			dueAt = Date.now() + FLUSH_MS;
			const batch = pending;
			pending = [];
			try {
				const answer = await retryWhileUnavailable(() => statement(batch));
				refuse(batch, answer.runStatus);
				return answer;
			} catch (error) {
				const isOutdated = error instanceof FatalError && isLazy && batch.length > 0;
				const reason = isOutdated ? new WalkOutdated() : toError(error);
				close(reason);
				await recordAlone(batch);
				throw reason;
			}
		});
		writing = turn.catch(() => {});
		return turn;
	}

	function refuse(batch: readonly Buffered[], runStatus: string | undefined): void {
		if (runStatus === "running" || batch.length === 0) return;
		if (runStatus !== "paused") throw new RunStopped();
		if (batch.some(({ kind }) => kind === "done")) throw new RunPaused();
	}

	async function recordAlone(batch: readonly Buffered[]): Promise<void> {
		for (const record of [...batch, ...pending]) {
			await record.recordAlone?.().catch((error) => services.warn("What a step did was not recorded.", error));
		}
		pending = [];
	}

	/** Queues a statement that claims what has been asked for until its turn comes. */
	function claimTogether(requests: ClaimRequest[]) {
		const answers = new Promise<ClaimAnswer[]>((resolve, refuseAll) => {
			unasked.add(refuseAll);
			const statement = write((records) => {
				unasked.delete(refuseAll);
				if (claims === batch) claims = undefined;
				return claimSteps(services.sql, runId, { requests, pending: records });
			});
			statement.then((answered) => resolve(answered.answers), refuseAll);
		});
		const batch = { requests, answers };
		return batch;
	}

	const flush = async () => {
		if (pending.length > 0) await write((records) => recordPending(services.sql, runId, records));
		else await writing;
		if (closed) throw closed;
	};

	return {
		isLazy,
		failed,
		flush,
		close(reason) {
			const left = pending;
			pending = [];
			close(reason);
			void recordAlone(left);
		},
		requireOpen() {
			if (closed) throw closed;
		},
		add(record) {
			if (closed) return false;
			pending.push(record);
			// A failure rejects `failed`.
			if (timer === undefined) {
				dueAt = Math.max(dueAt, Date.now() + FIRST_FLUSH_MS);
				timer = setTimeout(() => flush().catch(() => {}), dueAt - Date.now());
			}
			return true;
		},
		async flushIfDue() {
			if (pending.length >= MAX_PENDING) await flush();
			else if (timer !== undefined && Date.now() >= dueAt) {
				clearTimeout(timer);
				// Once is enough until its turn has come.
				dueAt = Number.POSITIVE_INFINITY;
				flush().catch(() => {});
				// The statement leaves the process before the walk goes on.
				await setImmediate();
			}
		},
		async claim(request) {
			if (claims?.requests.some((other) => isSameStep(other, request))) claims = undefined;
			claims ??= claimTogether([]);
			const { requests, answers } = claims;
			const index = requests.push(request) - 1;
			if (requests.length === MAX_CLAIMS) claims = undefined;
			const answer = (await answers)[index];
			if (answer === undefined) throw new Error("A claim was not answered.");
			return answer;
		},
		async complete(output) {
			const { ended } = await write((records) => completeRun(services.sql, runId, { output, pending: records }));
			return ended;
		},
	};
}

function isSameStep(one: ClaimRequest, other: ClaimRequest): boolean {
	return one.nodeId === other.nodeId && one.iteration === other.iteration;
}

function toError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
