import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database, Sql } from "@/db/client";
import type { EngineLog } from "./engine-log";
import { EVENTS_CHANNEL } from "./insert-events";
import { openSession } from "./open-session";

/** Session advisory lock of the engine's one owner ("WEFT" and a 1 for the engine, in ASCII). */
export const ENGINE_LOCK = "375165735985";
/** How often a standby asks, and how long a failed statement waits. Polling, because a waiting lock would hold back vacuum. */
const RETRY_MS = 200;

/** Another engine owns the tables now: what this one holds in memory is out of date. */
export class LeadershipLost extends Error {
	override name = "LeadershipLost";
}

/** The time during which this engine owns the tables without a break. */
export interface Term {
	/** The last owner left work behind by dying. */
	crashed: boolean;
	/**
	 * Runs a statement on the owner's session, again and again until it succeeds: through restarts of Postgres, as long as
	 * nobody else took over. The statement must be safe to repeat; one that writes must carry `token` (see `ifOwner`).
	 *
	 * @throws LeadershipLost once the term is over, even if another one of this engine has begun
	 */
	query<T>(statement: (sql: Sql, token: string) => Promise<T>): Promise<T>;
}

interface Session {
	sql: Sql;
	/** Set in the database session: a statement on any other session (after a silent reconnect) does not find it. */
	token: string;
	previousOwner: string | null;
	closed: boolean;
}

export interface LeadershipOptions {
	database: Database;
	log: EngineLog;
	/** Called when there are new events, or may be because notifications were lost. */
	onEvents: () => void;
	/** The connection is gone (true) or back with the lock still ours (false). */
	onInterrupted: (interrupted: boolean) => void;
	onLost: () => void;
}

/**
 * Makes sure that one engine at a time owns the tables. The lock and every write share one database session, so a
 * write by a former owner is impossible: when the session ends, both are gone.
 */
export class Leadership {
	readonly ownerId = randomUUID();
	#options: LeadershipOptions;
	#session: Session | undefined;
	#regaining: Promise<Session> | undefined;
	#leading = false;
	#terms = 0;
	#stopped = false;

	constructor(options: LeadershipOptions) {
		this.#options = options;
	}

	/** Waits for the lock, as a hot standby if need be. Undefined once stopped. */
	async take(): Promise<Term | undefined> {
		const session = await this.#open();
		if (!session) return undefined;
		this.#session = session;
		this.#leading = true;
		this.#terms += 1;
		const term = this.#terms;
		const previous = session.previousOwner;
		return {
			crashed: previous !== null && previous !== "" && previous !== this.ownerId,
			query: (statement) => this.#query(term, statement),
		};
	}

	async #query<T>(term: number, statement: (sql: Sql, token: string) => Promise<T>): Promise<T> {
		for (let failures = 0; ; failures += 1) {
			const session = await this.#current();
			if (term !== this.#terms) throw new LeadershipLost("This engine owned the tables in an earlier term.");
			try {
				return await statement(session.sql, session.token);
			} catch (error) {
				if (this.#stopped) throw error;
				if (error instanceof LeadershipLost) this.#drop(session);
				else if (!session.closed) this.#options.log.warn({ err: error, failures }, "A statement of the engine failed");
				await sleep(RETRY_MS * Math.min(failures + 1, 10));
			}
		}
	}

	/** Gives the lock up, and notes that this was no crash. */
	async stop(): Promise<void> {
		this.#stopped = true;
		const session = this.#session;
		this.#leading = false;
		if (!session || session.closed) return;
		await session.sql`update engine.owner set owner_id = '' where owner_id = ${this.ownerId}`.catch(() => undefined);
		await this.#end(session);
	}

	async #current(): Promise<Session> {
		if (this.#session && !this.#session.closed) return this.#session;
		if (!this.#leading) throw new LeadershipLost("This engine does not own the tables.");
		this.#regaining ??= this.#regain().finally(() => {
			this.#regaining = undefined;
		});
		return this.#regaining;
	}

	async #regain(): Promise<Session> {
		this.#options.onInterrupted(true);
		const session = await this.#open();
		if (!session) throw new LeadershipLost("This engine was stopped.");
		if (session.previousOwner !== this.ownerId) {
			this.#leading = false;
			this.#session = undefined;
			await this.#end(session);
			this.#options.onLost();
			throw new LeadershipLost("Another engine took over.");
		}
		this.#session = session;
		this.#options.log.info({}, "The engine has its database back");
		this.#options.onInterrupted(false);
		return session;
	}

	/** A new session that holds the lock; undefined once stopped. */
	async #open(): Promise<Session | undefined> {
		while (!this.#stopped) {
			const session = this.#connect();
			try {
				if (await this.#lock(session)) return session;
			} catch (error) {
				this.#options.log.warn({ err: error }, "The engine cannot reach its database; it keeps trying");
			}
			await this.#end(session);
			if (!this.#stopped) await sleep(RETRY_MS);
		}
		return undefined;
	}

	#connect(): Session {
		const sql = openSession(this.#options.database.sql, () => this.#drop(session));
		const session: Session = { sql, token: randomUUID(), previousOwner: null, closed: false };
		return session;
	}

	/** Waits until the lock is ours; false once stopped. */
	async #lock(session: Session): Promise<boolean> {
		const { sql, token } = session;
		for (;;) {
			const [row] = await sql<{ held: boolean }[]>`select pg_try_advisory_lock(${ENGINE_LOCK}::bigint) as held`;
			if (row?.held) break;
			await sleep(RETRY_MS);
			if (this.#stopped) return false;
		}
		await sql`select set_config('weft.engine_token', ${token}, false)`;
		const [row] = await sql<{ owner_id: string }[]>`
			with before as (select owner_id from engine.owner),
			taken as (
				insert into engine.owner (one, owner_id) values (true, ${this.ownerId})
				on conflict (one) do update set owner_id = excluded.owner_id, taken_at = now()
			)
			select owner_id from before`;
		session.previousOwner = row?.owner_id ?? null;
		await sql.listen(EVENTS_CHANNEL, this.#options.onEvents, this.#options.onEvents);
		return !this.#stopped;
	}

	#drop(session: Session): void {
		if (session.closed) return;
		session.closed = true;
		void session.sql.end({ timeout: 0 }).catch(() => undefined);
		if (this.#session === session && this.#leading && !this.#stopped) this.#current().catch(() => undefined);
	}

	async #end(session: Session): Promise<void> {
		session.closed = true;
		await session.sql.end({ timeout: 1 }).catch(() => undefined);
	}
}

/** SQL that is true only on the session that owns the engine's tables. */
export function ifOwner(sql: Sql, token: string) {
	return sql`current_setting('weft.engine_token', true) = ${token}`;
}
