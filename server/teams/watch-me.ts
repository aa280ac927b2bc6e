import { INBOX_CHANNEL } from "@/server/notifications/notify";
import type { WatchOptions } from "@/server/runs/watch/connect-watcher";
import { watchChanges } from "@/server/runs/watch/watch-changes";
import type { Caller } from "./caller";
import { listMyTeams } from "./list-my-teams";

export type Me = Awaited<ReturnType<typeof listMyTeams>>;

/** How late at most a change is told that nothing notifies of, as of a profile. */
const POLL_MS = 15_000;

/**
 * Yields who the caller is, their role in each of their teams and how full their inbox is: at once, then whenever something of it changes. Throws
 * `unauthenticated` when their session has ended, `unavailable` when the server shuts down.
 */
export function watchMe(caller: Caller, { signal, pollMs = POLL_MS }: WatchOptions): AsyncGenerator<Me, void> {
	const ids = caller.actor.kind === "user" ? [caller.actor.id] : [];
	const read = () => listMyTeams(caller);
	return watchChanges(caller, { team: null, channel: INBOX_CHANNEL, ids, read }, { signal, pollMs });
}
