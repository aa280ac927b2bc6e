import type { RunEvent } from "@/server/runs/events";

export interface EventBatch {
	runId: string;
	events: RunEvent[];
}

export interface RunCursor {
	id: string;
	after: number;
}

/** `connecting` until the first answer; `reconnecting` after one was lost; `crowded` where events are read now and then. */
export type Connection = "connecting" | "live" | "reconnecting" | "crowded";

export interface StreamHandlers {
	onBatch: (batch: EventBatch) => void;
	onConnection: (connection: Connection) => void;
	/** The server has sent everything that will ever come. */
	onComplete: () => void;
	/** The stream is over and will not mend itself. */
	onError: (retryable: boolean) => void;
	/** So many watch that the server has no room for one more. The events so far have come; ask again then. */
	onCrowded: (againMs: number) => void;
}

type Listener = Omit<StreamHandlers, "onError" | "onCrowded">;

/** Opens one stream of events for several runs; returns what closes it. */
export type OpenRunStream = (runs: RunCursor[], handlers: StreamHandlers) => () => void;

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 10_000;
/** A refusal (signed out, no longer a member) is asked again, but rarely. */
const REFUSED_WAIT_MS = 30_000;

/** Keeps a stream open: opens it again, with growing waits, from where it stopped. */
export class RunStream {
	readonly #open: OpenRunStream;
	readonly #handlers: Listener;
	readonly #cursors: () => RunCursor[];
	#close: (() => void) | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#failures = 0;
	#begun = false;
	#isCrowded = false;

	constructor(open: OpenRunStream, cursors: () => RunCursor[], handlers: Listener) {
		this.#open = open;
		this.#cursors = cursors;
		this.#handlers = handlers;
	}

	/** Opens the stream, or opens it anew when what is wanted has changed. */
	restart(): void {
		this.stop();
		const cursors = this.#cursors();
		if (cursors.length === 0) return;
		let current = true;
		const only = <Args extends unknown[]>(handle: (...args: Args) => void) => {
			return (...args: Args) => {
				if (current) handle(...args);
			};
		};
		if (!this.#isCrowded) this.#handlers.onConnection(this.#begun ? "reconnecting" : "connecting");
		const close = this.#open(cursors, {
			onBatch: only((batch) => this.#receive(batch)),
			onConnection: only((connection) => this.#connect(connection)),
			onComplete: only(() => this.#handlers.onComplete()),
			onError: only((retryable) => this.#retry(retryable)),
			onCrowded: only((againMs) => this.#waitInCrowd(againMs)),
		});
		this.#close = () => {
			current = false;
			close();
		};
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#close?.();
		this.#close = undefined;
	}

	/** Opens the stream again after a wait; at once when the browser says that the network is back. */
	retryLater(): void {
		this.#retry(true);
	}

	/** Does not wait any longer, if it was waiting. */
	hurry(): void {
		if (this.#timer !== undefined) this.restart();
	}

	#receive(batch: EventBatch): void {
		this.#failures = 0;
		this.#begun = true;
		this.#handlers.onBatch(batch);
	}

	#connect(connection: Connection): void {
		this.#isCrowded = false;
		this.#handlers.onConnection(connection);
	}

	#waitInCrowd(againMs: number): void {
		this.stop();
		this.#isCrowded = true;
		this.#handlers.onConnection("crowded");
		this.#timer = setTimeout(() => this.restart(), againMs);
	}

	#retry(retryable: boolean): void {
		this.stop();
		this.#isCrowded = false;
		this.#handlers.onConnection("reconnecting");
		const wait = retryable ? Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures) : REFUSED_WAIT_MS;
		this.#failures++;
		this.#timer = setTimeout(() => this.restart(), wait);
	}
}
