import type { Sql } from "@/db/client";
import type { Changes } from "./changes";
import { clampMoment } from "./duration";
import { EVENTS_CHANNEL } from "./insert-events";
import { ifOwner, LeadershipLost } from "./leadership";

/** The type's oid: postgres.js would take an array of booleans for a boolean. */
const BOOLEAN_ARRAY = 1000;

/**
 * Writes a batch in one statement, so that it holds as a whole or not at all; only its non-empty parts are sent.
 * Writing it twice is the same as once.
 *
 * @throws LeadershipLost if the session does not own the tables
 */
export async function writeChanges(sql: Sql, token: string, changes: Changes): Promise<void> {
	const parts = [
		...runParts(sql, changes),
		...jobParts(sql, changes),
		...stepParts(sql, changes),
		...eventParts(sql, changes),
		...scheduleParts(sql, changes),
	];
	const announce = changes.newEvents.length > 0 ? sql`, pg_notify(${EVENTS_CHANNEL}, '')` : sql``;
	const rows = await sql`
		with owner as materialized (select 1 as yes where ${ifOwner(sql, token)}) ${parts}
		select owner.yes ${announce} from owner`;
	if (rows.length === 0) throw new LeadershipLost("The session does not own the engine's tables.");
}

function runParts(sql: Sql, changes: Changes) {
	const parts = [];
	if (changes.newRuns.size > 0) {
		const runs = [...changes.newRuns];
		parts.push(sql`, new_runs as (
			insert into engine.runs (id, function_id, events, parent_run_id, parent_step_id, concurrency_keys, discover_at,
				running, attempt, crashes, created_at)
			select id, fn, events, parent_run, parent_step, keys, to_timestamp(discover / 1000), running, attempt, crashes,
				to_timestamp(created / 1000)
			from owner, unnest(
				${runs.map((r) => r.id)}::text[], ${runs.map((r) => r.fn.id)}::text[], ${runs.map((r) => r.events)}::text[],
				${runs.map((r) => r.parent?.runId ?? null)}::text[], ${runs.map((r) => r.parent?.stepId ?? null)}::text[],
				${runs.map((r) => JSON.stringify(r.concurrencyKeys))}::text[], ${runs.map((r) => moment(r.discoverAt))}::float8[],
				${sql.array(
					runs.map((r) => r.running),
					BOOLEAN_ARRAY,
				)}, ${runs.map((r) => r.attempt)}::int[],
				${runs.map((r) => r.crashes)}::int[], ${runs.map((r) => r.createdAt)}::float8[]
			) as r (id, fn, events, parent_run, parent_step, keys, discover, running, attempt, crashes, created)
			on conflict (id) do nothing)`);
	}
	if (changes.runs.size > 0) {
		const runs = [...changes.runs];
		parts.push(sql`, changed_runs as (
			update engine.runs set discover_at = to_timestamp(r.discover / 1000), running = r.running, attempt = r.attempt,
				crashes = r.crashes
			from owner, unnest(
				${runs.map((r) => r.id)}::text[], ${runs.map((r) => moment(r.discoverAt))}::float8[],
				${sql.array(
					runs.map((r) => r.running),
					BOOLEAN_ARRAY,
				)}, ${runs.map((r) => r.attempt)}::int[], ${runs.map((r) => r.crashes)}::int[]
			) as r (id, discover, running, attempt, crashes)
			where runs.id = r.id)`);
	}
	if (changes.endedRuns.size > 0) {
		const ids = [...changes.endedRuns];
		parts.push(sql`, ended_runs as (delete from engine.runs using owner where id = any(${ids}::text[]))
			, ended_run_jobs as (delete from engine.jobs using owner where run_id = any(${ids}::text[]))
			, ended_run_steps as (delete from engine.steps using owner where run_id = any(${ids}::text[]))`);
	}
	return parts;
}

function jobParts(sql: Sql, changes: Changes) {
	const parts = [];
	if (changes.jobs.size > 0) {
		const rows = [...changes.jobs.values()];
		const jobs = rows.map((row) => row.job);
		parts.push(sql`, changed_jobs as (
			insert into engine.jobs (run_id, step_id, kind, due_at, wait, memo_size, running, attempt, crashes)
			select run_id, step_id, kind, to_timestamp(due / 1000), wait, memo_size, running, attempt, crashes
			from owner, unnest(
				${rows.map((row) => row.run.id)}::text[], ${jobs.map((j) => j.stepId)}::text[], ${jobs.map((j) => j.kind)}::text[],
				${jobs.map((j) => moment(j.dueAt))}::float8[], ${jobs.map((j) => j.wait && JSON.stringify(j.wait))}::text[],
				${jobs.map((j) => j.memoSize)}::int[], ${sql.array(
					jobs.map((j) => j.running),
					BOOLEAN_ARRAY,
				)},
				${jobs.map((j) => j.attempt)}::int[], ${jobs.map((j) => j.crashes)}::int[]
			) as j (run_id, step_id, kind, due, wait, memo_size, running, attempt, crashes)
			on conflict (run_id, step_id) do update set due_at = excluded.due_at, running = excluded.running,
				attempt = excluded.attempt, crashes = excluded.crashes)`);
	}
	if (changes.endedJobs.size > 0) {
		const rows = [...changes.endedJobs.values()];
		parts.push(sql`, ended_jobs as (
			delete from engine.jobs using owner, unnest(
				${rows.map((row) => row.runId)}::text[], ${rows.map((row) => row.stepId)}::text[]
			) as e (run_id, step_id)
			where jobs.run_id = e.run_id and jobs.step_id = e.step_id)`);
	}
	return parts;
}

function stepParts(sql: Sql, changes: Changes) {
	const rows = changes.steps;
	if (rows.length === 0) return [];
	return [
		sql`, new_steps as (
			insert into engine.steps (run_id, step_id, position, result)
			select s.* from owner, unnest(
				${rows.map((row) => row.run.id)}::text[], ${rows.map((row) => row.step.stepId)}::text[],
				${rows.map((row) => row.position)}::int[], ${rows.map((row) => row.step.result)}::text[]
			) as s
			on conflict do nothing)`,
	];
}

function eventParts(sql: Sql, changes: Changes) {
	const parts = [];
	if (changes.handledEvents.length > 0) {
		parts.push(sql`, handled_events as (
			update engine.events set payload = null, handled_at = now() from owner
			where id = any(${changes.handledEvents}::text[]))`);
	}
	if (changes.newEvents.length > 0) {
		parts.push(sql`, new_events as (
			insert into engine.events (id, payload)
			select e.* from owner, unnest(
				${changes.newEvents.map((e) => e.id)}::text[], ${changes.newEvents.map((e) => JSON.stringify(e))}::text[]
			) as e
			on conflict (id) do nothing)`);
	}
	if (changes.idempotencyKeys.size > 0) {
		parts.push(sql`, new_keys as (
			insert into engine.idempotency_keys (key, expires_at)
			select key, to_timestamp(expires / 1000) from owner, unnest(
				${[...changes.idempotencyKeys.keys()]}::text[], ${[...changes.idempotencyKeys.values()]}::float8[]
			) as k (key, expires)
			on conflict (key) do update set expires_at = excluded.expires_at)`);
	}
	return parts;
}

function scheduleParts(sql: Sql, changes: Changes) {
	const rows = [...changes.schedules.values()];
	if (rows.length === 0) return [];
	return [
		sql`, next_fires as (
			insert into engine.schedules (function_id, cron, next_at)
			select fn, cron, to_timestamp(next / 1000) from owner, unnest(
				${rows.map((row) => row.functionId)}::text[], ${rows.map((row) => row.cron)}::text[],
				${rows.map((row) => row.nextAt)}::float8[]
			) as s (fn, cron, next)
			on conflict (function_id, cron) do update set next_at = excluded.next_at)`,
	];
}

function moment(at: number | null): number | null {
	return at === null ? null : clampMoment(at);
}
