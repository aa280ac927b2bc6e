import { createHash } from "node:crypto";
import type { EngineLog } from "./engine-log";
import type { EventIndex, ReceivedEvent } from "./event-index";
import { evaluateKey, isTrue } from "./expression";
import type { Journal } from "./journal";
import { LeadershipLost, type Term } from "./leadership";
import type { EngineFunction } from "./read-functions";
import type { RunRegistry } from "./run-registry";

const BATCH = 200;
const POLL_MS = 1_000;
const IDEMPOTENCY_MS = 24 * 3_600_000;

interface InboxOptions {
	term: Term;
	journal: Journal;
	registry: RunRegistry;
	index: EventIndex;
	functions: ReadonlyMap<string, EngineFunction>;
	log: EngineLog;
}

/** Reads new events from the tables, and delivers each once to the functions and runs that it matches. */
export class Inbox {
	#options: InboxOptions;
	#triggers = new Map<string, { fn: EngineFunction; if?: string }[]>();
	#reading = false;
	#again = false;
	#closed = false;
	#poll: NodeJS.Timeout;

	constructor(options: InboxOptions) {
		this.#options = options;
		for (const fn of options.functions.values()) {
			for (const trigger of fn.triggers) {
				this.#triggers.set(trigger.event, [...(this.#triggers.get(trigger.event) ?? []), { fn, if: trigger.if }]);
			}
		}
		// A lost notification costs a second, not the event.
		this.#poll = setInterval(() => this.wake(), POLL_MS);
	}

	isTrigger(eventName: string): boolean {
		return this.#triggers.has(eventName);
	}

	/** Reads the tables again: there may be new events. */
	wake(): void {
		this.#again = true;
		if (!this.#reading && !this.#closed) void this.#read();
	}

	close(): void {
		this.#closed = true;
		clearInterval(this.#poll);
	}

	async #read(): Promise<void> {
		this.#reading = true;
		try {
			while (this.#again && !this.#closed) {
				this.#again = false;
				const taken = await this.#readBatch();
				if (taken === BATCH) this.#again = true;
			}
		} catch (error) {
			if (!(error instanceof LeadershipLost)) this.#options.log.error({ err: error }, "Events could not be handled");
		} finally {
			this.#reading = false;
		}
	}

	async #readBatch(): Promise<number> {
		const { term, journal } = this.#options;
		const rows = await term.query(
			(sql) => sql<{ id: string; payload: string }[]>`
				select id, payload from engine.events where handled_at is null order by position limit ${BATCH}`,
		);
		if (rows.length === 0 || this.#closed) return 0;
		const events = rows.map((row): ReceivedEvent => JSON.parse(row.payload));
		const usedKeys = await this.#readUsedKeys(events);
		if (this.#closed) return 0;
		for (const event of events) this.#handle(event, usedKeys);
		journal.record((changes) => changes.handledEvents.push(...rows.map((row) => row.id)));
		await journal.durable();
		return rows.length;
	}

	#handle(event: ReceivedEvent, usedKeys: Set<string>): void {
		const { index, registry } = this.#options;
		for (const subscription of index.match(event)) subscription.onMatch(event);
		for (const { fn, if: condition } of this.#triggers.get(event.name) ?? []) {
			if (!isTrue(condition, { event })) continue;
			if (fn.idempotency !== undefined && !this.#claimKey(idempotencyKey(fn, fn.idempotency, event), usedKeys))
				continue;
			registry.create(fn, event);
		}
	}

	#claimKey(key: string, usedKeys: Set<string>): boolean {
		if (usedKeys.has(key)) return false;
		usedKeys.add(key);
		this.#options.journal.record((changes) => changes.idempotencyKeys.set(key, Date.now() + IDEMPOTENCY_MS));
		return true;
	}

	async #readUsedKeys(events: ReceivedEvent[]): Promise<Set<string>> {
		const keys = events.flatMap((event) =>
			(this.#triggers.get(event.name) ?? []).flatMap(({ fn }) =>
				fn.idempotency === undefined ? [] : [idempotencyKey(fn, fn.idempotency, event)],
			),
		);
		if (keys.length === 0) return new Set();
		const rows = await this.#options.term.query(
			(sql) => sql<{ key: string }[]>`
				select key from engine.idempotency_keys where key = any(${keys}::text[]) and expires_at > now()`,
		);
		return new Set(rows.map((row) => row.key));
	}
}

/** Hashed, because a key may be of any length and hold what Postgres cannot store. */
function idempotencyKey(fn: EngineFunction, expression: string, event: ReceivedEvent): string {
	return createHash("sha256")
		.update(`${fn.id}\n${evaluateKey(expression, event)}`)
		.digest("hex");
}
