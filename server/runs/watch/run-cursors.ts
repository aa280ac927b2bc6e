import { setTimeout as sleep } from "node:timers/promises";
import type { PendingQuery } from "postgres";
import type { Sql } from "@/db/client";
import { BULK_EVENTS, type RunEvent } from "../events";
import { type EventRow, toRunEvent } from "../store/event-row";
import { Wakeup } from "./wakeup";

const PAGE = 1_000;
/** A batch ends with the event that goes beyond so many characters. */
const MAX_TEXT_LENGTH = 1_000_000;
/** The largest events (a question with a long form) have two megabytes each. */
const READ_BATCH = 32;
/** Events that come faster than this arrive together. */
const MIN_GAP_MS = 25;

export interface EventBatch {
	runId: string;
	events: RunEvent[];
}

/** How far one watcher has read each of its runs, and which of them may have more. */
export class RunCursors {
	readonly #sql: Sql;
	readonly #seqs: Map<string, number>;
	readonly #stale: Set<string>;
	readonly #wakeup = new Wakeup();
	#lastRead = 0;

	constructor(sql: Sql, startAfter: ReadonlyMap<string, number>) {
		this.#sql = sql;
		this.#seqs = new Map(startAfter);
		this.#stale = new Set(startAfter.keys());
	}

	get runIds(): string[] {
		return [...this.#seqs.keys()];
	}

	/** Marks a run as possibly having new events, and ends `wait`. */
	wake = (runId: string): void => {
		if (this.#seqs.has(runId)) this.#stale.add(runId);
		this.#wakeup.trigger();
	};

	/** Ends `wait` without new events. */
	interrupt = (): void => this.#wakeup.trigger();

	/** Resolves when a run may have new events, and after `timeoutMs` at the latest. */
	async wait(timeoutMs: number): Promise<void> {
		if (this.#seqs.size === 0) return;
		if (this.#stale.size === 0) await this.#wakeup.wait(timeoutMs);
		const rest = this.#lastRead + MIN_GAP_MS - Date.now();
		if (rest > 0) await sleep(rest);
	}

	/** Everything that is new, in batches. */
	async *read(): AsyncGenerator<EventBatch, void> {
		for (const runId of this.#stale) {
			this.#stale.delete(runId);
			const after = this.#seqs.get(runId);
			if (after === undefined) continue;
			const { events, more } = await readPage(readEvents(this.#sql, runId, after));
			const last = events.at(-1);
			if (!last) continue;
			this.#seqs.set(runId, last.seq);
			if (more) this.#stale.add(runId);
			yield { runId, events };
		}
		this.#lastRead = Date.now();
	}

	/** Reads the runs' rows: finds events whose notification was lost, and stops watching runs that are complete. */
	async lookAround(): Promise<void> {
		const found = await readHeads(this.#sql, this.runIds);
		for (const [runId, seq] of this.#seqs) {
			const head = found.find((run) => run.id === runId);
			if (head && head.lastSeq > seq) this.#stale.add(runId);
			else if (!head || head.settled) this.#seqs.delete(runId);
		}
	}
}

/** Reads on until there is enough of a batch, in events or in characters of JSON. */
async function readPage(rows: PendingQuery<EventRow[]>): Promise<{ events: RunEvent[]; more: boolean }> {
	const events: RunEvent[] = [];
	let text = 0;
	for await (const batch of rows.cursor(READ_BATCH)) {
		for (const row of batch) {
			events.push(toRunEvent(row));
			text += JSON.stringify(row.data).length;
			if (text > MAX_TEXT_LENGTH) return { events, more: true };
		}
	}
	return { events, more: events.length === PAGE };
}

/** Bulk text stays where it is: a watcher reads it where it is shown. */
function readEvents(sql: Sql, runId: string, after: number) {
	return sql<EventRow[]>`
		select seq, type, node_id as "nodeId", iteration, at,
			case when type = any(${[...BULK_EVENTS]}) then '{"lines": [], "text": ""}'::jsonb else data end as data
		from run_events where run_id = ${runId} and seq > ${after} order by seq limit ${PAGE}`;
}

/** A run is settled some seconds after its end: what was being written while it ended has been written by then. */
function readHeads(sql: Sql, runIds: string[]) {
	return sql<{ id: string; lastSeq: number; settled: boolean }[]>`
		select id, last_seq as "lastSeq", coalesce(ended_at < now() - interval '5 seconds', false) as settled
		from runs where id = any(${runIds})`;
}
