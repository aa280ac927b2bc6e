import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { watchNotifications, watchRunEvents } from "@/db/listen";
import { runs } from "@/db/schema/runs";
import { oncePerProcess } from "@/server/once-per-process";
import type { RunEvent } from "@/server/runs/events";
import { onceEvery } from "@/server/runs/watch/once-every";
import { RunCursors } from "@/server/runs/watch/run-cursors";
import { Wakeup } from "@/server/runs/watch/wakeup";
import { WORKFLOWS_CHANNEL } from "@/server/workflows/announce-workflow";
import { requireLinkStillLive } from "./open-link";
import { MAX_RECENT, RecentEvents } from "./recent-events";
import { shareEvent } from "./share-event";
import type { ShareFilter } from "./share-filter";
import { SHARE_LINKS_CHANNEL } from "./share-links-channel";
import { shownVersion } from "./shared-version";

/** What a feed reads, and how. The same for everybody who comes by the link. */
export interface FeedSource {
	database: Database;
	linkId: string;
	workflowId: string;
	/** Null for a link of the workflow itself. */
	run: { id: string; filter: ShareFilter } | null;
	/** How often to look without having been notified, in milliseconds. */
	pollMs: number;
}

/** Which version of a workflow is shown, and under what name. */
export interface ShownWorkflow {
	version: number;
	name: string;
}

/** One watcher's place at a feed. */
export interface FeedSeat {
	/**
	 * The events after a `seq` that have happened, as the link shows them; undefined where they are not kept any more.
	 * Throws what ended the feed: `not_found` once the link does not work any more.
	 */
	after(seq: number): RunEvent[] | undefined;
	/** What a link of a workflow shows; undefined until it is known. Throws as `after` does. */
	shown(): ShownWorkflow | undefined;
	leave(): void;
}

/**
 * Takes part in the feed of a link, which reads, hides and checks once for all who watch by it. Nothing is kept for a
 * watcher: one who reads slowly finds the recent events here, and older ones in the database.
 * @param wake called when there are more events, and when the feed has ended
 */
export function joinLinkFeed(source: FeedSource, wake: () => void): FeedSeat {
	const feeds = oncePerProcess("link-feeds", () => new Map<string, LinkFeed>());
	const { linkId } = source;
	const known = feeds.get(linkId);
	const feed = known && !known.isOver ? known : new LinkFeed(source);
	feeds.set(linkId, feed);
	const leave = feed.join(wake);
	return {
		after: (seq) => feed.after(seq),
		shown: () => feed.shown(),
		leave() {
			leave();
			if (feed.isOver && feeds.get(linkId) === feed) feeds.delete(linkId);
		},
	};
}

class LinkFeed {
	readonly #source: FeedSource;
	readonly #wakes = new Set<() => void>();
	/** Unknown until it is known how far the run is. */
	#recent: RecentEvents | undefined;
	#shown: ShownWorkflow | undefined;
	#failure: { error: unknown } | undefined;
	#isClosed = false;
	#interrupt = () => {};

	constructor(source: FeedSource) {
		this.#source = source;
		void this.#pump();
	}

	get isOver(): boolean {
		return this.#isClosed || this.#failure !== undefined;
	}

	join(wake: () => void): () => void {
		this.#wakes.add(wake);
		return () => {
			this.#wakes.delete(wake);
			if (this.#wakes.size > 0) return;
			this.#isClosed = true;
			this.#interrupt();
		};
	}

	after(seq: number): RunEvent[] | undefined {
		if (this.#failure) throw this.#failure.error;
		return this.#recent ? this.#recent.after(seq) : [];
	}

	shown(): ShownWorkflow | undefined {
		if (this.#failure) throw this.#failure.error;
		return this.#shown;
	}

	async #pump(): Promise<void> {
		try {
			const from = await this.#findStart();
			const recent = new RecentEvents(from);
			this.#recent = recent;
			this.#wakeAll();
			await this.#follow(recent, from);
		} catch (error) {
			this.#failure = { error };
		}
		this.#wakeAll();
	}

	/** Of a long run only the end is kept. */
	async #findStart(): Promise<number> {
		const { database, run } = this.#source;
		if (run === null) return 0;
		const [found] = await database.db.select({ lastSeq: runs.lastSeq }).from(runs).where(eq(runs.id, run.id));
		return Math.max(0, (found?.lastSeq ?? 0) - MAX_RECENT);
	}

	async #follow(recent: RecentEvents, from: number): Promise<void> {
		const { database, pollMs, run } = this.#source;
		const cursors = new RunCursors(database.sql, new Map(run ? [[run.id, from]] : []));
		const line = this.#connect(cursors);
		const isPollDue = onceEvery(pollMs, { startsDue: true });
		try {
			while (!this.#isClosed) {
				const polls = isPollDue();
				if (line.isDoubted() || polls) await this.#lookAtLink();
				for await (const { events } of cursors.read()) {
					if (run) recent.add(events.map((event) => shareEvent(event, run.filter)));
					this.#wakeAll();
				}
				if (polls && run) await cursors.lookAround();
				await line.wait(pollMs);
			}
		} finally {
			line.close();
		}
	}

	/** Throws when the link does not work any more. */
	async #lookAtLink(): Promise<void> {
		const { database, linkId } = this.#source;
		const link = await requireLinkStillLive(database.db, linkId);
		const version = shownVersion(link);
		const { name } = link.workflow;
		if (version === undefined || (version === this.#shown?.version && name === this.#shown.name)) return;
		this.#shown = { version, name };
		this.#wakeAll();
	}

	/** Connects what there is to read for: new events, a change of the link, a new version or name, the last watcher's leaving. */
	#connect(cursors: RunCursors) {
		const { database, linkId, workflowId, run } = this.#source;
		const idle = new Wakeup();
		let doubted = false;
		this.#interrupt = () => {
			cursors.interrupt();
			idle.trigger();
		};
		const doubt = () => {
			doubted = true;
			this.#interrupt();
		};
		const unwatchShown = run
			? watchRunEvents(database.sql, [run.id], cursors.wake)
			: watchNotifications(database.sql, { channel: WORKFLOWS_CHANNEL, ids: [workflowId] }, doubt);
		const unwatchLink = watchNotifications(database.sql, { channel: SHARE_LINKS_CHANNEL, ids: [linkId] }, doubt);
		return {
			isDoubted() {
				const was = doubted;
				doubted = false;
				return was;
			},
			/** A run that was read whole has no more cursors to wait for. */
			wait: (timeoutMs: number) => (cursors.runIds.length > 0 ? cursors.wait(timeoutMs) : idle.wait(timeoutMs)),
			close() {
				unwatchShown();
				unwatchLink();
			},
		};
	}

	#wakeAll(): void {
		for (const wake of this.#wakes) wake();
	}
}
