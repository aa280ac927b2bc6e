import type { RunEvent } from "@/server/runs/events";

/** Most events that are kept. */
export const MAX_RECENT = 1_000;
/** Most characters of them, as JSON. Beyond this the oldest are dropped. */
const MAX_TEXT_LENGTH = 1_000_000;

/** The last events of a run, without a gap. */
export class RecentEvents {
	/** Those after this `seq` are kept. */
	#from: number;
	#events: RunEvent[] = [];
	#sizes: number[] = [];
	#size = 0;

	constructor(from: number) {
		this.#from = from;
	}

	/** @param events those that follow the last one kept */
	add(events: readonly RunEvent[]): void {
		for (const event of events) {
			const size = JSON.stringify(event).length;
			this.#events.push(event);
			this.#sizes.push(size);
			this.#size += size;
		}
		this.#forget();
	}

	/** The events after a `seq`, none where it is the last; undefined when some of them are not kept any more. */
	after(seq: number): RunEvent[] | undefined {
		return seq < this.#from ? undefined : this.#events.slice(seq - this.#from);
	}

	#forget(): void {
		let count = 0;
		while (this.#events.length - count > MAX_RECENT || this.#size > MAX_TEXT_LENGTH) {
			this.#size -= this.#sizes[count] ?? 0;
			count += 1;
		}
		this.#events.splice(0, count);
		this.#sizes.splice(0, count);
		this.#from += count;
	}
}
