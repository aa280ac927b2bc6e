import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Sql } from "../db/client";
import { startEmbeddedPostgres } from "../db/embedded-postgres";
import { migrateDatabase } from "../db/migrate";
import { insertTeam, insertWorkflow, startWorkflow } from "../inngest/functions/test-runs";
import { planSchema } from "../server/plan/plan";
import { listChores } from "../server/runs/chores/list-chores";
import { admitNextRun } from "../server/runs/store/admit-runs";
import { endRun } from "../server/runs/store/end-run";
import { median, report } from "./support/report";

/** What the database is asked for again and again, beside 10,000 runs that wait for their turn and 300,000 that ended. */
const HELD = 10_000;
const ENDED = 300_000;
const ENDS = 500;

const plan = planSchema.parse({
	version: 1,
	settings: { timeoutSeconds: 60, concurrency: { limit: 1, policy: "queue" } },
	nodes: [{ id: "only", type: "condition", name: "Only", config: { when: "true" } }],
	edges: [],
});

const directory = await mkdtemp(join(tmpdir(), "weft-bench-"));
await chmod(directory, 0o711);
const postgres = await startEmbeddedPostgres({ directory });
await migrateDatabase(postgres.url);
const database = openDatabase(postgres.url, { max: 8 });
const { sql } = database;

async function time(work: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await work();
	return performance.now() - begun;
}

async function medianOf(times: number, work: () => Promise<unknown>): Promise<number> {
	const samples: number[] = [];
	for (let n = 0; n < times; n += 1) samples.push(await time(work));
	return median(samples);
}

async function copyRun(source: string, { count, held }: { count: number; held: boolean }): Promise<void> {
	await sql`
		insert into runs (id, team_id, workflow_id, number, plan_hash, status, actor, trigger, payload, input, last_seq,
			concurrency_key, concurrency_limit, held, ended_at)
		select (case when ${held} then 'h' else 'e' end) || n, team_id, workflow_id, number + 100 + n + case when ${held} then ${ENDED} else 0 end,
			plan_hash, case when ${held} then 'queued' else 'completed' end, actor, trigger, payload, input, 1, '', 1, ${held},
			case when ${held} then null else now() end
		from runs, generate_series(1, ${count}) n where id = ${source}`;
}

async function endOldest(db: Sql): Promise<void> {
	const [active] = await db<{ id: string }[]>`
		select id from runs where workflow_id = ${workflowId} and concurrency_key = '' and ended_at is null and not held`;
	await endRun(db, active?.id ?? "", { end: { status: "completed" } });
}

const teamId = await insertTeam(database);
const workflowId = await insertWorkflow(database, teamId, plan);
const start = () => startWorkflow(database, { teamId, workflowId, plan, concurrencyKey: "" });
const { runId } = await start();
const startAlone = await medianOf(60, start);
const endAlone = await medianOf(50, () => endOldest(sql));
await copyRun(runId, { count: ENDED, held: false });
await copyRun(runId, { count: HELD, held: true });
await sql`update workflows set next_run_number = ${ENDED + HELD + 200} where id = ${workflowId}`;
await sql`vacuum analyze`;

const chores = listChores(database);
const periods: Record<string, number> = {};
for (const { name, run } of chores) periods[`chore_${name.replaceAll("-", "_")}_ms`] = await medianOf(5, run);

report("held-runs", {
	held: HELD,
	ended: ENDED,
	start_alone_ms: startAlone,
	start_behind_held_ms: await medianOf(50, start),
	end_and_admit_alone_ms: endAlone,
	end_and_admit_ms: await medianOf(ENDS, () => endOldest(sql)),
	look_without_room_ms: await medianOf(50, () => admitNextRun(sql, { workflowId, concurrencyKey: "" })),
	...periods,
});
await database.close();
await postgres.stop("at once");
await rm(postgres.data, { recursive: true, force: true });
await rm(directory, { recursive: true, force: true });
process.exit(0);
