import type { RunEvent } from "@/server/runs/events";

const LAST_EVENTS: readonly RunEvent["type"][] = ["run.completed", "run.failed", "run.cancelled", "run.timed_out"];

/** The events of one run that a leading tab has seen, without a gap, for the tabs that come later. */
export class RunHistory {
	/** The events kept are those after this one. */
	#from: number;
	#events: RunEvent[] = [];

	constructor(from: number) {
		this.#from = from;
	}

	get last(): number {
		return this.#events.at(-1)?.seq ?? this.#from;
	}

	get ended(): boolean {
		return this.#events.some((event) => LAST_EVENTS.includes(event.type));
	}

	/** Takes over what is new; false when events are missing in between. */
	add(events: readonly RunEvent[]): boolean {
		for (const event of events) {
			if (event.seq <= this.last) continue;
			if (event.seq !== this.last + 1) return false;
			this.#events.push(event);
		}
		return true;
	}

	/** Everything after `seq`; undefined when it does not reach back that far. */
	after(seq: number): RunEvent[] | undefined {
		return seq < this.#from ? undefined : this.#events.filter((event) => event.seq > seq);
	}
}
