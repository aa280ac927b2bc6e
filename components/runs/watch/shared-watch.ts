import type { RunEvent } from "@/server/runs/events";
import type { TabGroup } from "../../trpc/tab-group";
import { RunHistory } from "./run-history";
import { type Connection, type EventBatch, type OpenRunStream, RunStream } from "./run-stream";

export interface RunListener {
	/** The last event that the listener has; it is asked whenever events are requested for it. */
	after: () => number;
	onEvents: (events: readonly RunEvent[]) => void;
	onConnection: (connection: Connection) => void;
}

export type WatchMessage =
	| { kind: "want"; tab: string; runId: string; after: number }
	| { kind: "drop"; tab: string; runId: string }
	| { kind: "leading" }
	| { kind: "events"; batch: EventBatch; to?: string }
	| { kind: "connection"; connection: Connection };

/**
 * Watches runs through one stream shared by all tabs of a browser, because a browser opens only six connections to a
 * server. One tab leads: it holds the stream and passes events on. When it closes, another takes over, and every tab
 * asks again from the last event it has, so nothing is missed.
 */
export class SharedWatch {
	readonly #tab: string;
	readonly #group: TabGroup<WatchMessage> | null;
	readonly #stream: RunStream;
	readonly #listeners = new Map<string, RunListener>();
	/** Leading only: who wants which run, and what of it has been seen. */
	readonly #wants = new Map<string, Set<string>>();
	readonly #histories = new Map<string, RunHistory>();
	#leading = false;
	#connection: Connection = "connecting";
	#yield: (() => void) | undefined;

	constructor(open: OpenRunStream, group: TabGroup<WatchMessage> | null, tab: string) {
		this.#tab = tab;
		this.#group = group;
		this.#stream = new RunStream(open, () => this.#cursors(), {
			onBatch: (batch) => this.#receive(batch),
			onConnection: (connection) => this.#tellConnection(connection),
			onComplete: () => this.#complete(),
		});
		group?.onMessage((message) => this.#hear(message));
	}

	/** Listens to a run until the returned function is called. One listener a run. */
	watch(runId: string, listener: RunListener): () => void {
		this.#listeners.set(runId, listener);
		listener.onConnection(this.#connection);
		this.#seekLead();
		this.request(runId);
		return () => this.#leave(runId, listener);
	}

	/** Asks for what comes after the listener's last event: at first, and when events turn out to be missing. */
	request(runId: string): void {
		const listener = this.#listeners.get(runId);
		if (!listener) return;
		const after = listener.after();
		if (this.#leading) this.#want(this.#tab, runId, after);
		else this.#group?.post({ kind: "want", tab: this.#tab, runId, after });
	}

	/** The network is back: no need to wait for the next try. */
	hurry(): void {
		this.#stream.hurry();
	}

	#seekLead(): void {
		if (this.#yield) return;
		if (this.#group) this.#yield = this.#group.seekLead(() => this.#lead());
		else {
			this.#yield = () => {};
			this.#lead();
		}
	}

	#lead(): void {
		this.#leading = true;
		this.#group?.post({ kind: "leading" });
		for (const runId of this.#listeners.keys()) this.request(runId);
	}

	#leave(runId: string, listener: RunListener): void {
		if (this.#listeners.get(runId) !== listener) return;
		this.#listeners.delete(runId);
		if (this.#leading) this.#drop(this.#tab, runId);
		else this.#group?.post({ kind: "drop", tab: this.#tab, runId });
		if (this.#listeners.size > 0) return;
		this.#stream.stop();
		this.#wants.clear();
		this.#histories.clear();
		this.#leading = false;
		this.#connection = "connecting";
		this.#yield?.();
		this.#yield = undefined;
	}

	#hear(message: WatchMessage): void {
		switch (message.kind) {
			case "want":
				if (this.#leading) this.#want(message.tab, message.runId, message.after);
				break;
			case "drop":
				if (this.#leading) this.#drop(message.tab, message.runId);
				break;
			case "leading":
				for (const runId of this.#listeners.keys()) this.request(runId);
				break;
			case "events":
				if (!message.to || message.to === this.#tab) this.#deliver(message.batch);
				break;
			case "connection":
				if (!this.#leading) this.#setConnection(message.connection);
				break;
		}
	}

	#want(tab: string, runId: string, after: number): void {
		const tabs = this.#wants.get(runId);
		if (tabs) tabs.add(tab);
		else this.#wants.set(runId, new Set([tab]));
		const known = this.#histories.get(runId)?.after(after);
		if (!known) {
			this.#histories.set(runId, new RunHistory(after));
			this.#stream.restart();
			return;
		}
		const batch = { runId, events: known };
		if (tab === this.#tab) this.#deliver(batch);
		else this.#group?.post({ kind: "events", batch, to: tab });
		this.#tellConnection(this.#connection);
	}

	/** The stream goes on until something else changes: closing it for one run less would cost more. */
	#drop(tab: string, runId: string): void {
		const tabs = this.#wants.get(runId);
		tabs?.delete(tab);
		if (tabs?.size !== 0) return;
		this.#wants.delete(runId);
		this.#histories.delete(runId);
	}

	#cursors() {
		return [...this.#wants.keys()].map((id) => ({ id, after: this.#histories.get(id)?.last ?? 0 }));
	}

	#receive(batch: EventBatch): void {
		const history = this.#histories.get(batch.runId);
		if (!history) return;
		if (!history.add(batch.events)) {
			this.#stream.restart();
			return;
		}
		this.#group?.post({ kind: "events", batch });
		this.#deliver(batch);
	}

	#deliver({ runId, events }: EventBatch): void {
		if (events.length > 0) this.#listeners.get(runId)?.onEvents(events);
	}

	/** A stream that ends although a run goes on has been cut off. */
	#complete(): void {
		const open = [...this.#wants.keys()].some((runId) => !this.#histories.get(runId)?.ended);
		if (open) this.#stream.retryLater();
	}

	#tellConnection(connection: Connection): void {
		this.#group?.post({ kind: "connection", connection });
		this.#setConnection(connection);
	}

	#setConnection(connection: Connection): void {
		this.#connection = connection;
		for (const listener of this.#listeners.values()) listener.onConnection(connection);
	}
}
