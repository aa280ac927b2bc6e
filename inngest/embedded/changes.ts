import type { NewEngineEvent } from "./insert-events";
import type { Job, Run, StepResult } from "./run";

/** What must be written: sets of what changed, so that each row is written once per batch, in its latest form. */
export class Changes {
	newRuns = new Set<Run>();
	runs = new Set<Run>();
	endedRuns = new Set<string>();
	jobs = new Map<string, { run: Run; job: Job }>();
	endedJobs = new Map<string, { runId: string; stepId: string }>();
	steps: { run: Run; step: StepResult; position: number }[] = [];
	handledEvents: string[] = [];
	newEvents: (NewEngineEvent & { id: string })[] = [];
	idempotencyKeys = new Map<string, number>();
	schedules = new Map<string, { functionId: string; cron: string; nextAt: number }>();

	get empty(): boolean {
		return (
			this.newRuns.size === 0 &&
			this.runs.size === 0 &&
			this.endedRuns.size === 0 &&
			this.jobs.size === 0 &&
			this.endedJobs.size === 0 &&
			this.steps.length === 0 &&
			this.handledEvents.length === 0 &&
			this.newEvents.length === 0 &&
			this.idempotencyKeys.size === 0 &&
			this.schedules.size === 0
		);
	}

	/** A copy of the rows as they are now: a batch that is written again must not hold what happened since. */
	snapshot(): this {
		this.newRuns = copyAll(this.newRuns);
		this.runs = copyAll(this.runs);
		for (const [key, { run, job }] of this.jobs) this.jobs.set(key, { run, job: { ...job } });
		return this;
	}

	changeRun(run: Run): void {
		if (!run.ended && !this.newRuns.has(run)) this.runs.add(run);
	}

	changeJob(run: Run, job: Job): void {
		if (!run.ended) this.jobs.set(`${run.id} ${job.stepId}`, { run, job });
	}

	endJob(run: Run, stepId: string): void {
		const key = `${run.id} ${stepId}`;
		this.jobs.delete(key);
		this.endedJobs.set(key, { runId: run.id, stepId });
	}

	/** The run leaves nothing behind, not even what was to be written of it. */
	endRun(run: Run): void {
		this.runs.delete(run);
		this.newRuns.delete(run);
		this.endedRuns.add(run.id);
		for (const job of run.jobs.values()) this.jobs.delete(`${run.id} ${job.stepId}`);
		this.steps = this.steps.filter((row) => row.run !== run);
	}
}

function copyAll(runs: Set<Run>): Set<Run> {
	return new Set([...runs].map((run) => ({ ...run })));
}
