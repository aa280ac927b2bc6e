import type { Database } from "@/db/client";
import type { Actor } from "@/server/runs/events";

/** What every verb gets first: the world it acts on, and who asks. */
export interface Caller {
	database: Database;
	actor: Actor;
	/** Aborted when whoever asks has gone. */
	signal?: AbortSignal | undefined;
}
