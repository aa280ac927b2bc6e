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

export interface DurableByRecords extends Durable {
	/** When the first of those that sleep wakes, in milliseconds since the epoch; undefined when none does. */
	nextWake(): number | undefined;
}

/**
 * Durable by the records of the steps alone, inside one step of the engine: an effect is repeated after a crash, and
 * finds its record. For walks that wait for nothing but a retry; a paused run makes them throw `RunPaused`. Once the
 * signal is aborted nothing more begins, and what sleeps rejects with its reason.
 */
export function durableByRecords(signal: AbortSignal): DurableByRecords {
	const wakes = new Map<object, number>();
	const durable: DurableByRecords = {
		isInStep: true,
		async run(_id, effect) {
			signal.throwIfAborted();
			return await effect();
		},
		sideBySide: (region) => region(),
		async sleepUntil(_id, at) {
			const sleeper = {};
			wakes.set(sleeper, at);
			await sleep(at - Date.now(), signal).finally(() => wakes.delete(sleeper));
		},
		waitForEvent: () => Promise.reject(new RunPaused()),
		nested: () => durable,
		nextWake: () => (wakes.size === 0 ? undefined : Math.min(...wakes.values())),
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
