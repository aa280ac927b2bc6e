import { type GetStepTools, group, type Inngest } from "inngest";
import type { Json } from "@/server/plan/json";
import { RunPaused } from "./run-signals";

/**
 * What a walk needs from whatever makes it durable. The walk is the same under the Inngest SDK and inside one of its
 * steps, where a for-each walks its items.
 */
export interface Durable {
	/** Whether the walk happens inside a durable step already. */
	readonly isInStep: boolean;
	/** Runs an effect once and remembers its answer, which must stay small. */
	run<Answer extends Json>(id: string, effect: () => Promise<Answer>): Promise<Answer>;
	/** Walks branches side by side, none waiting for another. */
	sideBySide(region: () => Promise<void>): Promise<void>;
	/** @param at milliseconds since the epoch */
	sleepUntil(id: string, at: number): Promise<void>;
	/** Waits for an event of this run; false when the time was over first. */
	waitForEvent(id: string, wait: EventWait): Promise<boolean>;
	/** The same, for use inside `sideBySide`. */
	nested(): Durable;
}

export interface EventWait {
	name: "weft/run.resumed" | "weft/approval.decided";
	runId: string;
	/** The step that waits; left out when the event is about the whole run. */
	step?: string;
	timeoutMs: number;
}

/** Durable by the Inngest SDK: every effect is a step of the function. */
export function durableByInngest(step: GetStepTools<Inngest>): Durable {
	const durable: Durable = {
		isInStep: false,
		// The SDK types an answer as what JSON makes of it; ours is JSON already.
		run: async <Answer extends Json>(id: string, effect: () => Promise<Answer>) =>
			asAnswer<Answer>(await step.run(id, effect)),
		sideBySide: (region) => group.parallel({ mode: "race" }, region),
		sleepUntil: (id, at) => step.sleepUntil(id, new Date(at)),
		async waitForEvent(id, wait) {
			const event = await step.waitForEvent(id, {
				event: wait.name,
				if: condition(wait),
				timeout: new Date(Date.now() + wait.timeoutMs),
			});
			return event !== null;
		},
		nested: () => ({ ...durable, sideBySide: (region) => region(), nested: () => durable.nested() }),
	};
	return durable;
}

function condition({ runId, step }: EventWait): string {
	const run = `async.data.runId == ${JSON.stringify(runId)}`;
	return step === undefined ? run : `${run} && async.data.step == ${JSON.stringify(step)}`;
}

function asAnswer<Answer>(value: unknown): Answer {
	return value as Answer;
}

/**
 * Durable by the records of the steps alone, inside one step of the engine: an effect is repeated after a crash, and
 * finds its record. For walks that wait for nothing but a retry; a paused run makes them throw `RunPaused`.
 */
export function durableByRecords(signal: AbortSignal): Durable {
	const durable: Durable = {
		isInStep: true,
		run: (_id, effect) => effect(),
		sideBySide: (region) => region(),
		sleepUntil: (_id, at) => sleep(at - Date.now(), signal),
		waitForEvent: () => Promise.reject(new RunPaused()),
		nested: () => durable,
	};
	return durable;
}

/** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted first. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const timer = setTimeout(done, Math.min(Math.max(0, ms), 2 ** 31 - 1));
		function done() {
			signal.removeEventListener("abort", stop);
			resolve();
		}
		function stop() {
			clearTimeout(timer);
			reject(signal.reason);
		}
		signal.addEventListener("abort", stop, { once: true });
	});
}
