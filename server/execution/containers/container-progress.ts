import type { JsonObject } from "@/server/plan/json";
import {
	type LoopDecision,
	type RecordedDecision,
	readLoopDecision,
	recordLoopDecision,
} from "@/server/runs/loop-iterations";
import { innerIteration } from "../iteration-path";
import type { RunFacts, StepPlace } from "../run-facts";
import type { ContainerProgress } from "../run-memory";
import { sealedIn } from "../secrets/sealed-values";
import type { StepWorld } from "../world";

/** Empty when the container is not open. */
export async function readProgress(world: StepWorld, runId: string, place: StepPlace): Promise<ContainerProgress> {
	const known = world.memory.progress(runId, place);
	if (known !== undefined) return known;
	const [row] = await world.sql<{ progress: ContainerProgress | null; sealed: string | null }[]>`
		select output as progress, sealed from run_steps
		where run_id = ${runId} and node_id = ${place.nodeId} and iteration = ${place.iteration} and status = 'open'`;
	if (!row?.progress) return {};
	const progress = await openProgress(world, runId, { place, progress: row.progress, sealed: row.sealed });
	world.memory.rememberProgress(runId, place, progress);
	return progress;
}

async function openProgress(
	world: StepWorld,
	runId: string,
	{ place, progress, sealed }: { place: StepPlace; progress: ContainerProgress; sealed: string | null },
): Promise<ContainerProgress> {
	const facts = sealed === null ? undefined : await world.memory.facts(runId);
	if (sealed === null || facts === undefined) return progress;
	return await (await world.secretsOf(facts)).open(sealed, sealedIn.output(runId, place));
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
	const recorded = await readLoopDecision(world.sql, { runId, nodeId: at.nodeId, iteration: at.iteration });
	const facts = await world.memory.facts(runId);
	if (recorded === undefined || facts === undefined) return undefined;
	const decision = await openDecision(world, { facts, at }, recorded);
	world.memory.rememberDecision(runId, at, decision);
	return decision;
}

/** Records a decision with secrets hidden; answers the one that stands, as it flows on. */
export async function keepDecision(
	world: StepWorld,
	loop: { facts: RunFacts; at: StepPlace },
	{ stop, problem, vars }: LoopDecision,
): Promise<LoopDecision | undefined> {
	const runId = loop.facts.id;
	const { nodeId, iteration } = loop.at;
	const secrets = await world.secretsOf(loop.facts);
	const { shown, sealed } = await secrets.seal(vars, sealedIn.decision(runId, loop.at));
	const hidden = { stop, problem: problem && secrets.redact.cut(problem), vars: shown, sealed };
	const recorded = await recordLoopDecision(world.sql, { runId, nodeId, iteration }, hidden);
	return recorded && (await openDecision(world, loop, recorded));
}

async function openDecision(
	world: StepWorld,
	{ facts, at }: { facts: RunFacts; at: StepPlace },
	{ sealed, ...decision }: RecordedDecision,
): Promise<LoopDecision> {
	if (sealed === null) return decision;
	const secrets = await world.secretsOf(facts);
	return { ...decision, vars: await secrets.open<JsonObject>(sealed, sealedIn.decision(facts.id, at)) };
}
