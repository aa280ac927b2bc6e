import type { Database } from "@/db/client";
import type { Session } from "@/server/auth/viewer";
import type { Actor } from "@/server/runs/events";

/** What every verb gets first: the database it works on, and who asks. */
export interface Caller {
	database: Database;
	actor: Actor;
	/** The session of the person who calls; streams end with it. */
	session?: Session | undefined;
	/** Aborted when the client disconnects. */
	signal?: AbortSignal | undefined;
}
