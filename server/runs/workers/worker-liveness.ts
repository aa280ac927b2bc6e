import { randomInt } from "node:crypto";
import postgres from "postgres";
import type { Sql } from "@/db/client";
import { Wakeup } from "../watch/wakeup";

/** The first half of the advisory locks that living workers hold: "WEFT" in ASCII. */
const LOCK_CLASS = 0x57454654;
const HEARTBEAT_MS = 5_000;
/** How soon a worker reconnects that has lost its connection. */
const RECONNECT_MS = 250;
/** A worker without a heartbeat for so long counts as dead, even if it holds its lock. */
export const LEASE_SECONDS = 20;

export interface WorkerLiveness {
	readonly id: string;
	stop(): Promise<void>;
}

export interface LivingWorker {
	id: string;
	engine: string;
	/** Its chores that fail at present, and how often in a row. */
	failing?(): Record<string, number>;
	/** Called once per outage. */
	onError(error: unknown): void;
}

/**
 * Publishes that this worker is alive by a session advisory lock, which ends with its connection, and a heartbeat. Reconnects
 * and takes the lock again at once if the connection is lost. Resolves when both are in place.
 */
export async function startLiveness(url: string, worker: LivingWorker): Promise<WorkerLiveness> {
	const lockKey = randomInt(1, 2 ** 31 - 1);
	const lost = new Wakeup();
	let isStopped = false;
	const sql = postgres(url, {
		max: 1,
		idle_timeout: 0,
		max_lifetime: null,
		connect_timeout: 5,
		backoff: () => RECONNECT_MS / 1_000,
		onnotice: () => {},
		onclose: () => lost.trigger(),
	});

	async function keepBeating(): Promise<void> {
		let isAway = false;
		while (!isStopped) {
			await lost.wait(isAway ? RECONNECT_MS : HEARTBEAT_MS);
			if (isStopped) return;
			try {
				await sendHeartbeat(sql, worker, lockKey);
				isAway = false;
			} catch (error) {
				if (!isAway) worker.onError(error);
				isAway = true;
			}
		}
	}

	await sendHeartbeat(sql, worker, lockKey);
	const beating = keepBeating();
	return {
		id: worker.id,
		async stop() {
			isStopped = true;
			lost.trigger();
			await beating;
			await sql`delete from workers where id = ${worker.id}`.catch(worker.onError);
			await sql.end({ timeout: 2 });
		},
	};
}

async function sendHeartbeat(sql: Sql, { id, engine, failing }: LivingWorker, lockKey: number): Promise<void> {
	// The heartbeat comes first: a worker with its lock and an old heartbeat would count as silent.
	await sql`
		insert into workers (id, lock_key, engine) values (${id}, ${lockKey}, ${engine})
		on conflict (id) do update set seen_at = now(), failing = ${JSON.stringify(failing?.() ?? {})}::text::jsonb`;
	// The lock is lost when the connection was, and it nests otherwise.
	await sql`
		with held as (
			select 1 from pg_locks where locktype = 'advisory' and classid = ${LOCK_CLASS} and objid = ${lockKey}
				and pid = pg_backend_pid()
		)
		select case when not exists (select from held) then pg_try_advisory_lock(${LOCK_CLASS}::int, ${lockKey}::int) end`;
}

/**
 * The health of a claim's owner: `alive`; `gone`, it has shut down; `silent`, it holds its lock and sends no heartbeat;
 * `cut-off`, its lock is missing; `restarted`, the same, but PostgreSQL was restarted since its last heartbeat.
 */
type OwnerHealth = "alive" | "gone" | "silent" | "cut-off" | "restarted";

/**
 * How long each state must last before the worker counts as dead, in milliseconds: a worker that lost its connection,
 * because of a restart of PostgreSQL or not, needs a moment to take the lock again.
 */
const DEAD_AFTER_MS = { silent: 1_000, "cut-off": 1_000, restarted: 5_000 } as const satisfies Record<
	Exclude<OwnerHealth, "alive" | "gone">,
	number
>;

export async function readOwner(sql: Sql, owner: string): Promise<OwnerHealth> {
	const [row] = await sql<{ health: OwnerHealth }[]>`
		select case
			when seen_at > now() - make_interval(secs => ${LEASE_SECONDS}) and is_held then 'alive'
			when is_held then 'silent'
			when seen_at < pg_postmaster_start_time() then 'restarted'
			else 'cut-off'
		end as health
		from (
			select w.seen_at, exists (
				select from pg_locks l
				where l.objid = w.lock_key::oid and l.locktype = 'advisory' and l.classid = ${LOCK_CLASS}::oid and l.granted
					and l.database = (select oid from pg_database where datname = current_database())
			) as is_held
			from workers w where w.id = ${owner}
		) as worker`;
	return row?.health ?? "gone";
}

/** So many consecutive checks must agree, so that a pause between checks, while PostgreSQL is unavailable, does not count. */
const MIN_CHECKS = 4;

/** Decides over several checks whether the owner of a claim is dead. */
export class OwnerWatch {
	#owner = "";
	#health: OwnerHealth = "alive";
	#since = 0;
	#checks = 0;

	/** @param now milliseconds since the epoch */
	isDead(owner: string, health: OwnerHealth, now: number): boolean {
		if (owner !== this.#owner || health !== this.#health) {
			this.#owner = owner;
			this.#health = health;
			this.#since = now;
			this.#checks = 0;
		}
		this.#checks += 1;
		if (health === "alive" || health === "gone") return health === "gone";
		return this.#checks >= MIN_CHECKS && now - this.#since >= DEAD_AFTER_MS[health];
	}
}
