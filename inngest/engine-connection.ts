import type { Chore } from "@/server/runs/chores/chore";

/** A worker's connection to the engine that calls its functions: one in this process, or an Inngest server. */
export interface EngineConnection {
	/** Keeps this worker's functions registered with the engine; fails while they are not. */
	chore?: Chore;
	/** Resolves when no function runs any more. */
	stop(): Promise<void>;
}
