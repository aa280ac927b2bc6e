import { createStore, type StoreApi } from "zustand";
import type { NodeId } from "@/server/plan/plan";
import type { Iteration, LogLevel, RunEvent } from "@/server/runs/events";

export type LogEvent = Extract<RunEvent, { type: "step.log" | "step.token" }>;

export interface LogPage {
	events: LogEvent[];
	more: boolean;
}

export type ReadLogs = (range: { after?: number; before?: number; limit: number }) => Promise<LogPage>;

export interface LogRow {
	key: string;
	/** Of the event that brought the line. */
	seq: number;
	nodeId: NodeId;
	iteration: Iteration;
	at: number;
	level: LogLevel;
	text: string;
}

export interface LogRecord {
	rows: readonly LogRow[];
	/** What a model has streamed so far. */
	tokens: string;
	/** There are lines before the first one. */
	earlier: boolean;
	loading: boolean;
	error: unknown;
}

const PAGE = 500;
/** For a search: a page larger, and no further back than so many lines. */
const SEARCH_PAGE = 1_000;
const MAX_ROWS = 200_000;
const PAUSE_MS = 250;
const EMPTY: LogRecord = { rows: [], tokens: "", earlier: false, loading: true, error: null };

/** Reads a step's log: its end first, then on as it grows, and back when asked. One request at a time. */
export class LogReader {
	readonly store: StoreApi<LogRecord> = createStore(() => EMPTY);
	readonly #read: ReadLogs;
	#first: number | undefined;
	#last = 0;
	#goal = 0;
	#busy = false;
	#wantsAll = false;
	#stopped = false;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(read: ReadLogs) {
		this.#read = read;
	}

	/** Reads until the event `seq` is there; cheap to call whenever the log has grown. */
	growTo(seq: number): void {
		this.#goal = Math.max(this.#goal, seq);
		if (this.#stopped || this.#goal === 0 || this.#busy || this.#timer !== undefined) return;
		if (this.#first !== undefined && this.#last >= this.#goal) return;
		void this.#run(() => this.#readOn());
	}

	loadEarlier(): void {
		if (this.#busy || !this.store.getState().earlier) return;
		void this.#run(() => this.#readBack(PAGE));
	}

	/** Reads back to the beginning, so that a search finds everything. */
	loadAll(): void {
		this.#wantsAll = true;
		if (!this.#busy && this.#hasMoreToSearch()) void this.#run(() => this.#readBack(SEARCH_PAGE));
	}

	/** Tries again what failed. */
	retry(): void {
		this.store.setState({ error: null });
		this.growTo(this.#goal);
	}

	/** Undoes `stop`: React runs effects twice while developing. */
	start(): void {
		this.#stopped = false;
		this.growTo(this.#goal);
	}

	stop(): void {
		this.#stopped = true;
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	async #run(work: () => Promise<void>): Promise<void> {
		this.#busy = true;
		try {
			await work();
			this.store.setState({ loading: false, error: null });
		} catch (error) {
			this.store.setState({ loading: false, error });
			return;
		} finally {
			this.#busy = false;
		}
		if (this.#stopped) return;
		if (this.#hasMoreToSearch()) {
			void this.#run(() => this.#readBack(SEARCH_PAGE));
			return;
		}
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			this.growTo(this.#goal);
		}, PAUSE_MS);
	}

	#hasMoreToSearch(): boolean {
		const { earlier, rows } = this.store.getState();
		return this.#wantsAll && earlier && rows.length < MAX_ROWS;
	}

	async #readBack(limit: number): Promise<void> {
		const before = this.#first;
		if (before === undefined) return;
		const page = await this.#read({ before, limit });
		this.#first = page.events[0]?.seq ?? before;
		this.store.setState(({ rows, tokens }) => ({
			rows: [...rowsOf(page.events), ...rows],
			tokens: tokensOf(page.events) + tokens,
			earlier: page.more && page.events.length > 0,
		}));
	}

	async #readOn(): Promise<void> {
		const begun = this.#first !== undefined;
		const goal = this.#goal;
		const page = await this.#read(begun ? { after: this.#last, limit: PAGE } : { limit: PAGE });
		this.#first ??= page.events[0]?.seq ?? goal + 1;
		this.#last = Math.max(this.#last, page.events.at(-1)?.seq ?? 0, begun && page.more ? 0 : goal);
		this.store.setState(({ rows, tokens, earlier }) => ({
			rows: [...rows, ...rowsOf(page.events)],
			tokens: tokens + tokensOf(page.events),
			earlier: begun ? earlier : page.more,
		}));
	}
}

function rowsOf(events: readonly LogEvent[]): LogRow[] {
	return events.flatMap((event) =>
		event.type === "step.log"
			? event.data.lines.map((line, i) => rowOf(event, { ...line, key: `${event.seq}.${i}` }))
			: [],
	);
}

function rowOf({ seq, nodeId, iteration }: LogEvent, line: Pick<LogRow, "key" | "at" | "level" | "text">): LogRow {
	return { seq, nodeId: nodeId ?? "", iteration, ...line };
}

function tokensOf(events: readonly LogEvent[]): string {
	return events.map((event) => (event.type === "step.token" ? event.data.text : "")).join("");
}
