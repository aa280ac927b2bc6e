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
import { RunBook, type ShareOf } from "./run-book";
import { checkCrons, startSchedules } from "./schedules";
import type { Handler } from "./serve";
import { startSweep } from "./sweep";
import { Timers } from "./timers";

export interface EmbeddedEngineOptions {
	database: Database;
	/** How many steps execute at once. */
	maxInFlight: number;
	/** Among whom slots are shared fairly; among nobody in particular when left out. */
	shareOf?: ShareOf;
	/**
	 * The functions see to it themselves that what kills its process does so alone, and not for ever: the engine then counts
	 * no crashes, and holds nothing back because of them.
	 */
	areGuarded?: boolean;
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
	/** Reads the functions, then owns the tables or stands by. Rejects if a function needs what the engine does not do. */
	start(handler: Handler): Promise<void>;
	/** Lets executing steps end, for at most `graceMs`, and gives the tables up. */
	stop(graceMs?: number): Promise<void>;
	state(): EngineState;
	/** Resolves once this engine owns the tables and has taken up their runs. */
	leading(): Promise<void>;
}

const LAST_WRITE_MS = 2_000;

/** Everything that exists only while this engine owns the tables. */
interface Tenure {
	journal: Journal;
	timers: Timers;
	book: RunBook;
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
	#tenure: Tenure | undefined;
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
			onEvents: () => this.#tenure?.inbox.poke(),
			onInterrupted: (interrupted) => this.#tenure?.dispatcher.pause(interrupted),
			onLost: () => this.#loseTenure(),
		});
	}

	port(): EmbeddedEngine {
		return {
			fetch: (input, init) =>
				respond(input, init, {
					send: (events) => insertEngineEvents(this.#options.database.sql, events),
					checkpoint: async (...args) => (await this.#tenure?.dispatcher.checkpoint(...args)) ?? false,
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
				await this.#beginTenure(term);
				return;
			} catch (error) {
				if (!(error instanceof LeadershipLost)) throw error;
			}
		}
	}

	async #beginTenure(term: Term): Promise<void> {
		const { log, shareOf = shareAlike, areGuarded = false } = this.#options;
		const functions = this.#functions;
		const tenure = this.#makeTenure(term);
		const { journal, book, timers, inbox } = tenure;
		this.#tenure = tenure;
		await recoverRuns({ term, journal, book, functions, log, shareOf, areGuarded });
		await startSchedules({ term, journal, timers, book, functions });
		inbox.poke();
		log.info({ functions: functions.size, runs: book.runs.size }, "The embedded engine is running");
		for (const resolve of this.#whenLeading.splice(0)) resolve();
	}

	#makeTenure(term: Term): Tenure {
		const { log, maxInFlight, backoff = inngestBackoff, shareOf = shareAlike } = this.#options;
		const functions = this.#functions;
		const handler = this.#handler;
		if (!handler) throw new Error("The engine was not started.");
		const journal = new Journal(term);
		const timers = new Timers();
		const index = new EventIndex();
		const book: RunBook = new RunBook({
			journal,
			timers,
			index,
			shareOf,
			onDue: (run, job) => dispatcher.offer(run, job),
			isHeard: (name) => inbox.isTrigger(name) || index.has(name),
		});
		const loadMemo = (run: Parameters<typeof readMemo>[2]) => readMemo(term, journal, run);
		const dispatcher = new Dispatcher({ book, functions, backoff, handler, journal, maxInFlight, log, loadMemo });
		const inbox = new Inbox({ term, journal, book, index, functions, log });
		return { journal, timers, book, dispatcher, inbox, stopSweep: startSweep(term, log) };
	}

	#loseTenure(): void {
		this.#options.log.warn({}, "Another engine took over; this one stands by");
		this.#endTenure();
		this.#running = this.#lead();
	}

	#endTenure(): void {
		const tenure = this.#tenure;
		this.#tenure = undefined;
		if (!tenure) return;
		tenure.stopSweep();
		tenure.inbox.close();
		tenure.timers.clearAll();
		tenure.dispatcher.abandon();
		tenure.journal.close();
	}

	async #stop(graceMs: number): Promise<void> {
		if (this.#stopped) return;
		this.#stopped = true;
		const tenure = this.#tenure;
		tenure?.inbox.close();
		tenure?.timers.clearAll();
		await tenure?.dispatcher.drain(graceMs);
		// Without a database there is nothing to wait for: what is recorded there is what the next engine goes on from.
		await Promise.race([tenure?.journal.durable().catch(() => undefined), sleep(LAST_WRITE_MS)]);
		await this.#leadership.stop();
		this.#endTenure();
		await this.#running?.catch(() => undefined);
	}

	#state(): EngineState {
		if (this.#stopped) return { role: "stopped", runs: 0, waiting: 0, executing: 0 };
		if (!this.#tenure) return { role: "standby", runs: 0, waiting: 0, executing: 0 };
		return { role: "leading", runs: this.#tenure.book.runs.size, ...this.#tenure.dispatcher.counts };
	}

	async #leading(): Promise<void> {
		if (this.#state().role === "leading") return;
		await new Promise<void>((resolve) => this.#whenLeading.push(resolve));
	}
}

const shareAlike: ShareOf = () => ["everybody"];

const INNGEST_BACKOFF_S = [15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200];

/** Inngest's own waits between attempts, with its jitter of up to 30 s. */
function inngestBackoff(attempt: number): number {
	const seconds = INNGEST_BACKOFF_S[attempt] ?? 7_200;
	return seconds * 1_000 + Math.random() * 30_000;
}
