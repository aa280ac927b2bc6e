import { createStore, type StoreApi } from "zustand";
import type { RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState, type RunState } from "@/server/runs/state";
import type { Connection } from "./watch/run-stream";

/** A run as this page knows it: all events so far and the state they fold to. */
interface RunRecord {
	state: RunState;
	events: readonly RunEvent[];
	connection: Connection;
}

export interface RunStore extends StoreApi<RunRecord> {
	/** Takes events in, folded once per frame; false when some are missing before them. */
	receive: (events: readonly RunEvent[]) => boolean;
	/** The last event received, folded or not. */
	last: () => number;
}

/** `schedule` runs its argument a little later; by default with the next frame. */
export function createRunStore(schedule: (fold: () => void) => void = nextFrame): RunStore {
	const store = createStore<RunRecord>(() => ({ state: initialRunState, events: [], connection: "connecting" }));
	let pending: RunEvent[] = [];
	const last = () => pending.at(-1)?.seq ?? store.getState().state.seq;
	const fold = () => {
		const fresh = pending;
		pending = [];
		store.setState(({ state, events }) => ({ state: foldRun(state, fresh), events: [...events, ...fresh] }));
	};
	const receive = (events: readonly RunEvent[]) => {
		for (const event of events) {
			if (event.seq <= last()) continue;
			if (event.seq !== last() + 1) return false;
			pending.push(event);
			if (pending.length === 1) schedule(fold);
		}
		return true;
	};
	return { ...store, receive, last };
}

/** A background tab gets no animation frames: there a timer is used. */
function nextFrame(fold: () => void): void {
	if (document.hidden) setTimeout(fold, 50);
	else requestAnimationFrame(fold);
}
