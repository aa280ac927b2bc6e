import type { Chore } from "@/server/runs/chores/chore";

/** What drives the functions of this worker: an engine in this process, or an Inngest server. */
export interface Drive {
	/** Keeps the engine knowing this worker's functions; fails while it does not. */
	chore?: Chore;
	/** Resolves when nothing is executed any more. */
	stop(): Promise<void>;
}
