import type { Database } from "@/db/client";
import type { Session } from "@/server/auth/viewer";
import type { Actor } from "@/server/runs/events";

/** What every verb gets first: the database it works on, and who asks. */
export interface Caller {
	database: Database;
	actor: Actor;
	/** The session by which a person asks; whatever goes on for long ends with it. */
	session?: Session | undefined;
	/** Aborted when whoever asks has gone. */
	signal?: AbortSignal | undefined;
}
