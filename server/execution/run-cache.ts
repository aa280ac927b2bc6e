import type { Sql } from "@/db/client";
import { FatalError } from "@/server/errors";
import type { OpenedItems, OpenedRounds } from "@/server/nodes/container";
import { indexPlan, type PlanIndex } from "@/server/plan/graph/index-plan";
import { readStoredPlan } from "@/server/plan/read-stored-plan";
import type { Json } from "@/server/plan/values/json";
import { stepKey } from "@/server/runs/state";
import type { LoopDecision } from "@/server/runs/store/loop-iterations";
import { type RunRow, runColumns } from "@/server/runs/store/run-row";
import type { RunContext, StepPlace } from "./run-context";
import { openPinned } from "./secrets/open-pinned";
import type { OpenTeamKey } from "./secrets/run-secrets";
import { openValue, sealBindings } from "./secrets/sealed-values";

/** The resolved config that a container was opened with. It never changes, so it is read once. */
export type ContainerProgress = Partial<OpenedItems & OpenedRounds>;

/**
 * A cache of the runs that this worker executes, so that most steps need no query. Everything in it is recorded and
 * immutable: an eviction costs a query, never correctness.
 */
export interface RunCache {
	/** Undefined if there is no such run. @param row the run's row, if it has just been read */
	loadRun(runId: string, row?: RunRow): Promise<RunContext | undefined>;
	/** Outputs of recorded steps, by step key. */
	outputs(runId: string, places: readonly StepPlace[]): Promise<ReadonlyMap<string, Json>>;
	setOutput(runId: string, place: StepPlace, output: Json): void;
	/** For a walk that starts anew because its records were outdated. */
	evictOutputs(runId: string): void;
	/** Undefined if the container's progress is not cached. */
	progress(runId: string, place: StepPlace): ContainerProgress | undefined;
	setProgress(runId: string, place: StepPlace, progress: ContainerProgress): void;
	/** The decision of a loop after an iteration; undefined if it is not cached. */
	decision(runId: string, at: StepPlace): LoopDecision | undefined;
	setDecision(runId: string, at: StepPlace, decision: LoopDecision): void;
	evict(runId: string): void;
}

const MAX_RUNS = 1_000;
const MAX_OUTPUTS_PER_RUN = 300;
const MAX_CONTAINERS_PER_RUN = 10;
/** Longer outputs are not cached. */
const MAX_OUTPUT_LENGTH = 16_384;

interface CachedRun {
	run: Promise<RunContext | undefined>;
	outputs: Map<string, Json>;
	progress: Map<string, ContainerProgress>;
	decisions: Map<string, LoopDecision>;
}

/** @param openTeamKey decrypts sealed values */
export function createRunCache(sql: Sql, openTeamKey: OpenTeamKey): RunCache {
	const runs = new Map<string, CachedRun>();
	const plans = new Map<string, PlanIndex>();

	function entry(runId: string, row?: RunRow): CachedRun {
		const known = runs.get(runId);
		if (known !== undefined) return known;
		const fresh: CachedRun = {
			run: loadContext({ sql, openTeamKey, plans }, runId, row),
			outputs: new Map(),
			progress: new Map(),
			decisions: new Map(),
		};
		fresh.run.then(
			(run) => run ?? runs.delete(runId),
			() => runs.delete(runId),
		);
		runs.set(runId, fresh);
		evictOldest(runs, MAX_RUNS);
		return fresh;
	}

	return {
		loadRun: (runId, row) => entry(runId, row).run,
		async outputs(runId, places) {
			const known = entry(runId).outputs;
			const missing = places.filter((place) => !known.has(stepKey(place.nodeId, place.iteration)));
			const run = missing.length === 0 ? undefined : await entry(runId).run;
			const read = run === undefined ? [] : await readOutputs({ sql, openTeamKey }, run, missing);
			const found = new Map<string, Json>();
			for (const place of places) {
				const key = stepKey(place.nodeId, place.iteration);
				const output = known.get(key);
				if (output !== undefined) found.set(key, output);
			}
			for (const { nodeId, iteration, output } of read) found.set(stepKey(nodeId, iteration), output);
			return found;
		},
		setOutput(runId, place, output) {
			const known = entry(runId).outputs;
			if (!isCacheable(output)) return;
			known.set(stepKey(place.nodeId, place.iteration), output);
			evictOldest(known, MAX_OUTPUTS_PER_RUN);
		},
		evictOutputs: (runId) => runs.get(runId)?.outputs.clear(),
		progress: (runId, place) => entry(runId).progress.get(stepKey(place.nodeId, place.iteration)),
		setProgress(runId, place, progress) {
			const known = entry(runId).progress;
			known.set(stepKey(place.nodeId, place.iteration), progress);
			evictOldest(known, MAX_CONTAINERS_PER_RUN);
		},
		decision: (runId, at) => entry(runId).decisions.get(stepKey(at.nodeId, at.iteration)),
		setDecision(runId, at, decision) {
			const known = entry(runId).decisions;
			known.set(stepKey(at.nodeId, at.iteration), decision);
			evictOldest(known, MAX_CONTAINERS_PER_RUN);
		},
		evict: (runId) => void runs.delete(runId),
	};
}

/** Whether an output is short enough for the cache. */
export function isCacheable(output: Json): boolean {
	return JSON.stringify(output).length <= MAX_OUTPUT_LENGTH;
}

function evictOldest(map: Map<string, unknown>, limit: number): void {
	if (map.size <= limit) return;
	for (const key of map.keys()) {
		map.delete(key);
		return;
	}
}

interface Sources {
	sql: Sql;
	openTeamKey: OpenTeamKey;
}

async function loadContext(
	{ sql, openTeamKey, plans }: Sources & { plans: Map<string, PlanIndex> },
	runId: string,
	known?: RunRow,
): Promise<RunContext | undefined> {
	const row = known ?? (await readRow(sql, runId));
	if (row === undefined) return undefined;
	const { planHash, ...run } = row;
	const key = `${row.teamId}:${planHash}`;
	const index = plans.get(key) ?? (await loadPlan(sql, row.teamId, planHash));
	plans.set(key, index);
	evictOldest(plans, 100);
	return { ...run, ...(await openPinned({ sql, openTeamKey }, run)), plan: index.plan, index };
}

async function readRow(sql: Sql, runId: string): Promise<RunRow | undefined> {
	const [row] = await sql<RunRow[]>`
		select ${runColumns(sql)} from runs r join workflows w on w.id = r.workflow_id where r.id = ${runId}`;
	return row;
}

async function loadPlan(sql: Sql, teamId: string, hash: string): Promise<PlanIndex> {
	const [row] = await sql<{ plan: unknown }[]>`select plan from plans where team_id = ${teamId} and hash = ${hash}`;
	if (row === undefined) throw new Error(`Plan ${hash} is gone from the database.`);
	const { plan, problem } = readStoredPlan(row.plan);
	if (!plan) throw new FatalError(`The workflow of this run cannot be read. ${problem}`);
	return indexPlan(plan);
}

async function readOutputs({ sql, openTeamKey }: Sources, run: RunContext, places: readonly StepPlace[]) {
	const rows = await sql<(StepPlace & { output: Json; sealed: string | null })[]>`
		select s.node_id as "nodeId", s.iteration, s.output, s.sealed
		from run_steps s
			join unnest(${places.map((p) => p.nodeId)}::text[], ${places.map((p) => p.iteration)}::text[]) as p (node_id, iteration)
				on s.node_id = p.node_id and s.iteration = p.iteration
		where s.run_id = ${run.id} and s.output is not null and s.status in ('completed', 'failed')`;
	const opened = rows.map(async ({ sealed, ...row }) => {
		if (sealed === null) return row;
		const key = await openTeamKey(run.teamId);
		return { ...row, output: openValue(key, sealed, sealBindings.output(run.id, row)).value };
	});
	return await Promise.all(opened);
}
