import { FatalError } from "@/server/errors";
import type { Json } from "@/server/plan/values/json";
import { type ClaimAnswer, type ClaimRequest, claimStep } from "@/server/runs/store/claim-step";
import { completeRun } from "@/server/runs/store/complete-run";
import type { EndedRun } from "@/server/runs/store/end-run";
import type { PendingRecord } from "@/server/runs/store/pending-records";
import { recordPending } from "@/server/runs/store/record-pending";
import { keepTrying } from "./keep-trying";
import { RunPaused, RunStopped, WalkOutdated } from "./run-signals";
import type { StepServices } from "./step-services";

/** A record that waits for the next statement, and what becomes of it when that is refused. */
type Buffered = PendingRecord & {
	/** Records by itself what was done under a claim, when the statement that it was in has failed. */
	recordAlone?(): Promise<void>;
};

/**
 * What a walk has found and not recorded yet. The claim of the next step takes it along, so that no step begins before
 * everything that led to it is recorded; without one it is recorded some milliseconds later. One statement at a time: what
 * one of them found refused ends the walk, which begins again with the records as they are.
 */
export interface RecordBuffer {
	/** Takes a record along. False once the walk has ended: then it is to be recorded by itself, or found again. */
	add(record: Buffered): boolean;
	claim(request: Omit<ClaimRequest, "pending">): Promise<ClaimAnswer>;
	/** Ends the run with what is pending; undefined when it had ended, or is not to end yet. */
	complete(output: Json | undefined): Promise<EndedRun | undefined>;
	/** Lets others have a turn, and what is pending be recorded, once that has become much. */
	pace(): Promise<void>;
	/** Resolves when everything that was added before is recorded. */
	flush(): Promise<void>;
	/** Whether steps may be recorded later than they end. */
	readonly isLazy: boolean;
	/** Rejects with the reason for which the walk cannot go on. */
	readonly failed: Promise<never>;
	/** Nothing is taken any more. */
	close(reason: Error): void;
}

/** Without a claim that takes them along, records are written in so long a rhythm; the first one at once. */
const FLUSH_MS = 10;
/** With so many the walk waits until they are recorded. */
const MOST_PENDING = 50;

export function createRecordBuffer(
	services: StepServices,
	runId: string,
	{ isLazy }: { isLazy: boolean },
): RecordBuffer {
	let pending: Buffered[] = [];
	let writing: Promise<unknown> = Promise.resolve();
	let timer: NodeJS.Timeout | undefined;
	let writtenAt = 0;
	let closed: Error | undefined;
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
	}

	/** Each statement takes along whatever is there when its turn comes. */
	function write<Answer extends { runStatus: string | undefined }>(
		statement: (pending: readonly PendingRecord[]) => Promise<Answer>,
	): Promise<Answer> {
		const turn = writing.then(async () => {
			if (closed) throw closed;
			clearTimeout(timer);
			timer = undefined;
			writtenAt = Date.now();
			const batch = pending;
			pending = [];
			try {
				const answer = await keepTrying(() => statement(batch));
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
		add(record) {
			if (closed) return false;
			pending.push(record);
			// What fails is told by `failed`.
			timer ??= setTimeout(() => flush().catch(() => {}), Math.max(0, writtenAt + FLUSH_MS - Date.now()));
			return true;
		},
		pace: async () => {
			if (pending.length >= MOST_PENDING) await flush();
		},
		async claim(request) {
			const { runStatus: _, ...answer } = await write((records) =>
				claimStep(services.sql, { ...request, pending: records }),
			);
			return answer;
		},
		async complete(output) {
			const { ended } = await write((records) => completeRun(services.sql, runId, { output, pending: records }));
			return ended;
		},
	};
}

function toError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
