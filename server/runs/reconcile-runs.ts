import type { Sql } from "@/db/client";
import { admitNextRun } from "./admit-runs";
import { announceRunStopped } from "./announce-run-stopped";
import { endRun } from "./end-run";
import { sendOutbox } from "./outbox";

/**
 * What must happen although nobody asks for it: announcements that were lost are made again, runs past their deadline end,
 * held runs begin, and dead workers and old tries are forgotten. Safe to run on several workers at once.
 */
export async function reconcileRuns(sql: Sql): Promise<void> {
	await sendOutbox(sql);
	await endOverdueRuns(sql);
	await admitHeldRuns(sql);
	await sql`delete from workers where seen_at < now() - interval '1 hour'`;
	await forgetTries(sql);
}

async function endOverdueRuns(sql: Sql): Promise<void> {
	const overdue = await sql<{ id: string; limitSeconds: number }[]>`
		select id, extract(epoch from deadline - started_at)::float8 as "limitSeconds" from runs
		where ended_at is null and deadline < now() limit 100`;
	for (const { id, limitSeconds } of overdue) {
		await endRun(sql, id, { end: { status: "timed_out", limitSeconds: Math.round(limitSeconds) } });
		await announceRunStopped(sql, id);
	}
}

/** Tries are kept as long as their outputs may help to draw the next step. */
async function forgetTries(sql: Sql): Promise<void> {
	await sql`
		delete from runs where id in (
			select id from runs where kind = 'try' and ended_at < now() - interval '7 days' limit 100 for update skip locked
		)`;
}

async function admitHeldRuns(sql: Sql): Promise<void> {
	const held = await sql<{ workflowId: string }[]>`
		select distinct workflow_id as "workflowId" from runs r
		where status = 'queued' and concurrency_key is not null and created_at < now() - interval '5 seconds'
			and not exists (select from outbox o where o.run_id = r.id)`;
	for (const { workflowId } of held) await admitNextRun(sql, workflowId);
}
