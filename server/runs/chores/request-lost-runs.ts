import type { Sql } from "@/db/client";
import { queueEngineEvent, runRequested } from "../store/outbox";
import { LEASE_SECONDS } from "../workers/worker-liveness";

/** A run in which a step is due is lost if nothing was recorded for this long. */
const SILENCE_SECONDS = 60;
/** The same for a run that has not started: it may be queued for long. */
const QUEUE_SECONDS = 600;
/** Each further request waits twice as long as the one before, up to about a day and a half. */
const MAX_DOUBLINGS = 11;
const BATCH = 100;

/**
 * Asks the engine again for runs that it has lost: a server gives up on a run whose workers were away for longer than it tries,
 * and takes minutes to miss a worker that was killed. Lost is a run that no living worker executes a step of, that waits for
 * nothing, and of which the embedded engine knows nothing. The new request has an id of its own, and goes as far as the records.
 * A run that was not lost after all is walked twice: its claims let each step happen once.
 */
export async function requestLostRuns(sql: Sql): Promise<void> {
	await sql.begin(async (tx) => {
		const lost = await tx<{ runId: string; teamId: string; workflowId: string; requests: number }[]>`
			update runs set requests = requests + 1, requested_at = now() where id in (
				select r.id from runs r, lateral (
					select make_interval(secs => case
						when r.status = 'queued' then ${QUEUE_SECONDS}::int
						when bool_or(s.status = 'running') then ${LEASE_SECONDS}::int
						else ${SILENCE_SECONDS}::int
					end) as silence,
					coalesce(bool_or(
						(s.status = 'running' and w.seen_at > now() - make_interval(secs => ${LEASE_SECONDS}))
						or (s.status in ('waiting', 'retrying') and s.answer is null
							and coalesce(s.retry_at, 'infinity') > now() - make_interval(secs => ${SILENCE_SECONDS}))
					), false) as is_carried
					from run_steps s left join workers w on w.id = s.owner where s.run_id = r.id
				) as found
				where r.ended_at is null and not r.held and r.status in ('queued', 'running') and not found.is_carried
					and r.requested_at < now() - found.silence * power(2, least(r.requests - 1, ${MAX_DOUBLINGS}))
					and coalesce((select max(e.at) from run_events e where e.run_id = r.id), r.requested_at) < now() - found.silence
					and not exists (select from engine.runs g where g.events like '%' || r.id || '%')
				order by r.requested_at limit ${BATCH} for update of r skip locked
			)
			returning id as "runId", team_id as "teamId", workflow_id as "workflowId", requests`;
		for (const run of lost) await queueEngineEvent(tx, runRequested(run));
	});
}
