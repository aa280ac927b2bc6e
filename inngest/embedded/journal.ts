import { Changes } from "./changes";
import { LeadershipLost, type Term } from "./leadership";
import { writeChanges } from "./write-changes";

class Batch {
	changes = new Changes();
	resolve: () => void = () => {};
	reject: (error: unknown) => void = () => {};
	written = new Promise<void>((resolve, reject) => {
		this.resolve = resolve;
		this.reject = reject;
	});

	constructor() {
		// A rejection that nobody awaits is no error.
		this.written.catch(() => undefined);
	}
}

/**
 * Writes what happens, in the order in which it happens. While one batch is on its way to Postgres the next one
 * gathers, so that a busy engine needs few statements and a quiet one waits for none.
 */
export class Journal {
	#term: Term;
	#next = new Batch();
	#current: Batch | undefined;
	#closed = false;

	constructor(term: Term) {
		this.#term = term;
	}

	/** Adds changes to the next batch, which is written at once. */
	record(note: (changes: Changes) => void): void {
		note(this.#next.changes);
		if (!this.#current && !this.#closed) void this.#writeAll();
	}

	/**
	 * Resolves when everything recorded so far is durable.
	 *
	 * @throws LeadershipLost if that can no longer be
	 */
	async durable(): Promise<void> {
		if (this.#closed) throw new LeadershipLost("What was recorded does not count any more.");
		if (!this.#next.changes.empty) return this.#next.written;
		return this.#current?.written;
	}

	/** Stops writing: another engine continues from what is written. */
	close(): void {
		this.#closed = true;
		this.#next.reject(new LeadershipLost("What was recorded does not count any more."));
	}

	async #writeAll(): Promise<void> {
		while (!this.#closed) {
			const batch = this.#next;
			this.#current = batch;
			// One turn of the microtask queue, so that what belongs together is written together.
			await Promise.resolve();
			if (batch.changes.empty) break;
			this.#next = new Batch();
			const changes = batch.changes.snapshot();
			try {
				await this.#term.query((sql, token) => writeChanges(sql, token, changes));
				batch.resolve();
			} catch (error) {
				batch.reject(error);
				this.close();
			}
		}
		this.#current = undefined;
	}
}
