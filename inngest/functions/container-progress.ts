import type { Json, JsonObject } from "@/server/plan/json";
import { type LoopDecision, readLoopDecision } from "@/server/runs/loop-iterations";
import { innerIteration } from "./iteration-path";
import type { StepPlace } from "./run-memory";
import type { StepWorld } from "./world";

/** What a container was opened with. It never changes, so it is read once. */
export interface ContainerProgress {
	/** For-each: its items. */
	items?: Json[];
	parallel?: number;
	onItemFailure?: "stop" | "continue";
	/** Loop: its variables in the first iteration. */
	vars?: JsonObject;
	/** Loop: iterations at most. */
	limit?: number;
}

/** Empty when the container is not open. */
export async function readProgress(world: StepWorld, runId: string, place: StepPlace): Promise<ContainerProgress> {
	const known = world.memory.progress(runId, place);
	if (known !== undefined) return known;
	const [row] = await world.sql<{ progress: ContainerProgress | null }[]>`
		select output as progress from run_steps
		where run_id = ${runId} and node_id = ${place.nodeId} and iteration = ${place.iteration} and status = 'open'`;
	if (!row?.progress) return {};
	world.memory.rememberProgress(runId, place, row.progress);
	return row.progress;
}

/** The variables of a loop's iteration, whether it is the newest or an older one that is repeated. */
export async function readVariables(
	world: StepWorld,
	runId: string,
	loop: StepPlace & { index: number },
): Promise<JsonObject> {
	if (loop.index <= 0) return (await readProgress(world, runId, loop)).vars ?? {};
	const iteration = innerIteration(loop.iteration, loop.index - 1);
	return (await readDecision(world, runId, { nodeId: loop.nodeId, iteration }))?.vars ?? {};
}

/** @param at the loop, and the path of the iteration that ended */
export async function readDecision(world: StepWorld, runId: string, at: StepPlace): Promise<LoopDecision | undefined> {
	const known = world.memory.decision(runId, at);
	if (known !== undefined) return known;
	const decision = await readLoopDecision(world.sql, { runId, nodeId: at.nodeId, iteration: at.iteration });
	if (decision !== undefined) world.memory.rememberDecision(runId, at, decision);
	return decision;
}
