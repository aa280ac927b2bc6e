import type { EngineLog } from "./engine-log";
import type { Journal } from "./journal";
import type { Term } from "./leadership";
import type { EngineFunction } from "./read-functions";
import { errorResult, type Job, type Run, type StepResult } from "./run";
import type { FairnessKeysOf, RunRegistry } from "./run-registry";

/** A process may crash because of another run's step: functions without retries survive so many crashes, too. */
const MAX_CRASHES = 5;

interface RunRow {
	id: string;
	function_id: string;
	events: string;
	parent_run_id: string | null;
	parent_step_id: string | null;
	concurrency_keys: string;
	discover_at: Date | null;
	running: boolean;
	attempt: number;
	crashes: number;
	created_at: Date;
	memo_size: number;
}

interface JobRow {
	run_id: string;
	step_id: string;
	kind: Job["kind"];
	due_at: Date | null;
	wait: string | null;
	memo_size: number;
	running: boolean;
	attempt: number;
	crashes: number;
}

interface RecoverOptions {
	term: Term;
	journal: Journal;
	registry: RunRegistry;
	functions: ReadonlyMap<string, EngineFunction>;
	fairnessKeysOf: FairnessKeysOf;
	log: EngineLog;
	functionsCountCrashes: boolean;
}

/** Loads the runs of the former leader: everything that was executing is due again at once. */
export async function recoverRuns(options: RecoverOptions): Promise<void> {
	const { term, registry, log } = options;
	const runRows = await term.query(
		(sql) => sql<RunRow[]>`
			select runs.*, (select count(*)::int from engine.steps where run_id = runs.id) as memo_size
			from engine.runs order by created_at`,
	);
	const jobRows = await term.query((sql) => sql<JobRow[]>`select * from engine.jobs`);
	const jobs = new Map<string, JobRow[]>();
	for (const row of jobRows) jobs.set(row.run_id, [...(jobs.get(row.run_id) ?? []), row]);
	const runs = runRows.flatMap((row) => readRun(row, jobs.get(row.id) ?? [], options) ?? []);
	// Parents first into the registry: an ended child notifies its parent.
	for (const run of runs) registry.runs.set(run.id, run);
	for (const run of runs) resume(run, options);
	if (runs.length > 0) log.info({ runs: runs.length, crashed: term.crashed }, "The engine resumes runs");
}

/** The results of a run's ended steps. */
export async function readMemo(term: Term, journal: Journal, run: Run): Promise<StepResult[]> {
	for (;;) {
		await journal.durable();
		const rows = await term.query(
			(sql) => sql<{ step_id: string; result: string }[]>`
				select step_id, result from engine.steps where run_id = ${run.id} order by position`,
		);
		// Fewer results were written than are known: a step ended in between.
		if (rows.length >= run.memoSize) return rows.map((row) => ({ stepId: row.step_id, result: row.result }));
	}
}

function readRun(row: RunRow, jobRows: JobRow[], options: RecoverOptions): Run | undefined {
	const fn = options.functions.get(row.function_id);
	if (!fn) {
		options.log.error({ runId: row.id, functionId: row.function_id }, "A run waits for a function that does not exist");
		return undefined;
	}
	return {
		id: row.id,
		fn,
		events: row.events,
		parent:
			row.parent_run_id !== null && row.parent_step_id !== null
				? { runId: row.parent_run_id, stepId: row.parent_step_id }
				: undefined,
		concurrencyKeys: JSON.parse(row.concurrency_keys),
		fairnessKeys: options.fairnessKeysOf(JSON.parse(row.events)[0]),
		createdAt: row.created_at.getTime(),
		discoverAt: row.running ? Date.now() : (row.discover_at?.getTime() ?? null),
		running: false,
		attempt: row.attempt,
		crashes: countCrashes(row, options),
		jobs: new Map(jobRows.map((job) => [job.step_id, readJob(job, options)])),
		memo: undefined,
		memoSize: row.memo_size,
		ended: false,
		emptyEntries: 0,
		quietUntil: 0,
	};
}

function readJob(row: JobRow, options: RecoverOptions): Job {
	return {
		stepId: row.step_id,
		kind: row.kind,
		dueAt: row.running ? Date.now() : (row.due_at?.getTime() ?? null),
		wait: row.wait === null ? null : JSON.parse(row.wait),
		memoSize: row.memo_size,
		running: false,
		attempt: row.attempt,
		crashes: countCrashes(row, options),
	};
}

function countCrashes(
	row: { crashes: number; running: boolean },
	{ term, functionsCountCrashes }: RecoverOptions,
): number {
	if (functionsCountCrashes) return 0;
	return row.crashes + (row.running && term.crashed ? 1 : 0);
}

function resume(run: Run, { registry, journal }: RecoverOptions): void {
	if (isWornOut(run, run)) {
		registry.end(run, { status: "failed", error: DIED });
		return;
	}
	const wornOut = [...run.jobs.values()].filter((job) => isWornOut(run, job));
	journal.record((changes) => {
		changes.changeRun(run);
		for (const job of run.jobs.values()) changes.changeJob(run, job);
	});
	registry.adopt(run);
	for (const job of wornOut) registry.resolve(run, job.stepId, errorResult(DIED));
}

const DIED = { name: "WorkerDied", message: "The worker died every time it executed this step." };

function isWornOut(run: Run, { attempt, crashes }: { attempt: number; crashes: number }): boolean {
	return crashes > 0 && attempt + crashes >= Math.max(run.fn.maxAttempts, MAX_CRASHES);
}
