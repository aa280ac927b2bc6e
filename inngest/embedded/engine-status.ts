import type { SqlLike } from "@/db/client";

export interface EngineStatus {
	/** Events that no engine has looked at yet, and how long the oldest one has waited. */
	pendingEvents: number;
	oldestEventMs: number;
	runs: number;
	jobs: number;
	steps: number;
	/** Steps and entries that are due and not executing, and how late the latest of them is. */
	due: number;
	latestMs: number;
}

/** What the engine's tables hold, seen from any process: for health checks and metrics. */
export async function readEngineStatus(sql: SqlLike): Promise<EngineStatus> {
	const [row] = await sql<EngineStatus[]>`
		with due as (
			select discover_at as at from engine.runs where not running and discover_at <= now()
			union all
			select due_at from engine.jobs where kind = 'step' and not running and due_at <= now()
		)
		select
			(select count(*)::int from engine.events where handled_at is null) as "pendingEvents",
			(select coalesce(extract(epoch from now() - min(received_at)) * 1000, 0)::float8
				from engine.events where handled_at is null) as "oldestEventMs",
			(select count(*)::int from engine.runs) as runs,
			(select count(*)::int from engine.jobs) as jobs,
			(select count(*)::int from engine.steps) as steps,
			(select count(*)::int from due) as due,
			(select coalesce(extract(epoch from now() - min(at)) * 1000, 0)::float8 from due) as "latestMs"`;
	if (!row) throw new Error("The engine's tables could not be read.");
	return row;
}
