import { randomInt } from "node:crypto";
import postgres from "postgres";
import type { Sql } from "@/db/client";

/** The first half of the advisory locks that living workers hold: "WEFT" in ASCII. */
const LOCK_CLASS = 0x57454654;
/** A claim is free when its owner has not renewed it for so long: the owner is stopped, not dead. */
export const LEASE_SECONDS = 20;
const HEARTBEAT_MS = 5_000;

export interface WorkerLiveness {
	readonly id: string;
	stop(): Promise<void>;
}

/**
 * Says that this worker lives: a session advisory lock, which dies with its connection, so that the claims of a killed
 * worker are free at once; and a heartbeat that renews the leases of its claims.
 */
export async function startLiveness(
	url: string,
	worker: { id: string; engine: string; onError(error: unknown): void },
): Promise<WorkerLiveness> {
	const lockKey = randomInt(1, 2 ** 31 - 1);
	const sql = postgres(url, { max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {} });
	const beat = async () => {
		// The lock is taken again on every beat: it is lost when the connection was, and it nests otherwise.
		await sql`
			with held as (
				select 1 from pg_locks where locktype = 'advisory' and classid = ${LOCK_CLASS} and objid = ${lockKey}
					and pid = pg_backend_pid()
			)
			select case when not exists (select from held) then pg_try_advisory_lock(${LOCK_CLASS}::int, ${lockKey}::int) end`;
		await sql`
			insert into workers (id, lock_key, engine) values (${worker.id}, ${lockKey}, ${worker.engine})
			on conflict (id) do update set seen_at = now()`;
		await sql`
			update run_steps set lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
			where owner = ${worker.id} and status = 'running'`;
	};
	await beat();
	const timer = setInterval(() => void beat().catch(worker.onError), HEARTBEAT_MS);
	return {
		id: worker.id,
		async stop() {
			clearInterval(timer);
			await sql`delete from workers where id = ${worker.id}`.catch(worker.onError);
			await sql.end({ timeout: 2 });
		},
	};
}

/** Whether the owner of a claim still lives: its lock is held and its lease is not over. */
export async function isClaimAlive(
	sql: Sql,
	claim: { owner: string; runId: string; nodeId: string; iteration: string },
) {
	const [row] = await sql<{ alive: boolean }[]>`
		select s.lease_until > now() and exists (
			select from workers w join pg_locks l on l.objid = w.lock_key::oid
			where w.id = s.owner and l.locktype = 'advisory' and l.classid = ${LOCK_CLASS}::oid and l.granted
				and l.database = (select oid from pg_database where datname = current_database())
		) as alive
		from run_steps s
		where s.run_id = ${claim.runId} and s.node_id = ${claim.nodeId} and s.iteration = ${claim.iteration}
			and s.owner = ${claim.owner}`;
	return row?.alive ?? false;
}
