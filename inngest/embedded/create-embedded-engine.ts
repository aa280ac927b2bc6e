import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/db/client";
import { Dispatcher } from "./dispatcher";
import type { EngineLog } from "./engine-log";
import { EventIndex } from "./event-index";
import { Inbox } from "./inbox";
import { insertEngineEvents } from "./insert-events";
import { Journal } from "./journal";
import { Leadership, LeadershipLost, type Term } from "./leadership";
import { type EngineFunction, readFunctions } from "./read-functions";
import { readMemo, recoverRuns } from "./recover";
import { respond } from "./respond";
import { type FairnessKeysOf, RunRegistry } from "./run-registry";
import { checkCrons, startSchedules } from "./schedules";
import type { Handler } from "./serve";
import { startSweep } from "./sweep";
import { Timers } from "./timers";

export interface EmbeddedEngineOptions {
	database: Database;
	/** How many steps execute at once. */
	maxInFlight: number;
	/** The fairness keys of a run, between which slots are shared; without them all runs share one key. */
	fairnessKeysOf?: FairnessKeysOf;
	/**
	 * The functions themselves count the crashes of their steps and isolate suspects: the engine then counts none, and runs
	 * nothing alone because of them.
	 */
	functionsCountCrashes?: boolean;
	/** Milliseconds before the next attempt, after the failed attempt of this number, from 0. Default: Inngest's. */
	backoff?: (attempt: number) => number;
	log: EngineLog;
}

export interface EngineState {
	role: "leading" | "standby" | "stopped";
	runs: number;
	/** Due, but beyond a limit. */
	waiting: number;
	executing: number;
}

export interface EmbeddedEngine {
	/** For the Inngest client: its requests end in the engine, none leaves the process. */
	fetch: typeof fetch;
	/** Reads the functions, then becomes the leader or a standby. Rejects if a function uses an unsupported feature. */
	start(handler: Handler): Promise<void>;
	/** Lets running steps end, for at most `graceMs`, and gives up the leadership. */
	stop(graceMs?: number): Promise<void>;
	state(): EngineState;
	/** Resolves once this engine is the leader and has recovered all runs. */
	leading(): Promise<void>;
}

const LAST_WRITE_MS = 2_000;

/** Everything that exists only while this engine is the leader. */
interface LeaderState {
	journal: Journal;
	timers: Timers;
	registry: RunRegistry;
	dispatcher: Dispatcher;
	inbox: Inbox;
	stopSweep: () => void;
}

/** A single-node backend of the Inngest SDK's protocol, in this process and on the project's Postgres. */
export function createEmbeddedEngine(options: EmbeddedEngineOptions): EmbeddedEngine {
	return new Engine(options).port();
}

class Engine {
	#options: EmbeddedEngineOptions;
	#leadership: Leadership;
	#leader: LeaderState | undefined;
	#functions: ReadonlyMap<string, EngineFunction> = new Map();
	#handler: Handler | undefined;
	#running: Promise<void> | undefined;
	#stopped = false;
	#whenLeading: (() => void)[] = [];

	constructor(options: EmbeddedEngineOptions) {
		this.#options = options;
		this.#leadership = new Leadership({
			database: options.database,
			log: options.log,
			onEvents: () => this.#leader?.inbox.wake(),
			onInterrupted: (interrupted) => this.#leader?.dispatcher.pause(interrupted),
			onLost: () => this.#loseLead(),
		});
	}

	port(): EmbeddedEngine {
		return {
			fetch: (input, init) =>
				respond(input, init, {
					send: (events) => insertEngineEvents(this.#options.database.sql, events),
					checkpoint: async (...args) => (await this.#leader?.dispatcher.checkpoint(...args)) ?? false,
				}),
			start: (handler) => this.#start(handler),
			stop: (graceMs = 10_000) => this.#stop(graceMs),
			state: () => this.#state(),
			leading: () => this.#leading(),
		};
	}

	async #start(handler: Handler): Promise<void> {
		this.#functions = await readFunctions(handler);
		checkCrons(this.#functions.values());
		this.#handler = handler;
		this.#running = this.#lead();
	}

	/** Standby until the lock is free, then the recovery; once more each time another engine took over. */
	async #lead(): Promise<void> {
		while (!this.#stopped) {
			const term = await this.#leadership.take();
			if (!term) return;
			try {
				await this.#takeLead(term);
				return;
			} catch (error) {
				if (!(error instanceof LeadershipLost)) throw error;
			}
		}
	}

	async #takeLead(term: Term): Promise<void> {
		const { log, fairnessKeysOf = oneFairnessKey, functionsCountCrashes = false } = this.#options;
		const functions = this.#functions;
		const leader = this.#createLeaderState(term);
		const { journal, registry, timers, inbox } = leader;
		this.#leader = leader;
		await recoverRuns({ term, journal, registry, functions, log, fairnessKeysOf, functionsCountCrashes });
		await startSchedules({ term, journal, timers, registry, functions });
		inbox.wake();
		log.info({ functions: functions.size, runs: registry.runs.size }, "The embedded engine is running");
		for (const resolve of this.#whenLeading.splice(0)) resolve();
	}

	#createLeaderState(term: Term): LeaderState {
		const { log, maxInFlight, backoff = inngestBackoff, fairnessKeysOf = oneFairnessKey } = this.#options;
		const functions = this.#functions;
		const handler = this.#handler;
		if (!handler) throw new Error("The engine was not started.");
		const journal = new Journal(term);
		const timers = new Timers();
		const index = new EventIndex();
		const registry: RunRegistry = new RunRegistry({
			journal,
			timers,
			index,
			fairnessKeysOf,
			onDue: (run, job) => dispatcher.offer(run, job),
			hasListener: (name) => inbox.isTrigger(name) || index.has(name),
		});
		const loadMemo = (run: Parameters<typeof readMemo>[2]) => readMemo(term, journal, run);
		const dispatcher = new Dispatcher({ registry, functions, backoff, handler, journal, maxInFlight, log, loadMemo });
		const inbox = new Inbox({ term, journal, registry, index, functions, log });
		return { journal, timers, registry, dispatcher, inbox, stopSweep: startSweep(term, log) };
	}

	#loseLead(): void {
		this.#options.log.warn({}, "Another engine took over; this one stands by");
		this.#endLeader();
		this.#running = this.#lead();
	}

	#endLeader(): void {
		const leader = this.#leader;
		this.#leader = undefined;
		if (!leader) return;
		leader.stopSweep();
		leader.inbox.close();
		leader.timers.clearAll();
		leader.dispatcher.abandon();
		leader.journal.close();
	}

	async #stop(graceMs: number): Promise<void> {
		if (this.#stopped) return;
		this.#stopped = true;
		const leader = this.#leader;
		leader?.inbox.close();
		leader?.timers.clearAll();
		await leader?.dispatcher.drain(graceMs);
		// Does not wait long for a lost database: the next leader continues from what is recorded.
		await Promise.race([leader?.journal.durable().catch(() => undefined), sleep(LAST_WRITE_MS)]);
		await this.#leadership.stop();
		this.#endLeader();
		await this.#running?.catch(() => undefined);
	}

	#state(): EngineState {
		if (this.#stopped) return { role: "stopped", runs: 0, waiting: 0, executing: 0 };
		if (!this.#leader) return { role: "standby", runs: 0, waiting: 0, executing: 0 };
		return { role: "leading", runs: this.#leader.registry.runs.size, ...this.#leader.dispatcher.counts };
	}

	async #leading(): Promise<void> {
		if (this.#state().role === "leading") return;
		await new Promise<void>((resolve) => this.#whenLeading.push(resolve));
	}
}

const oneFairnessKey: FairnessKeysOf = () => ["everybody"];

const INNGEST_BACKOFF_S = [15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200];

/** Inngest's own waits between attempts, with its jitter of up to 30 s. */
function inngestBackoff(attempt: number): number {
	const seconds = INNGEST_BACKOFF_S[attempt] ?? 7_200;
	return seconds * 1_000 + Math.random() * 30_000;
}
