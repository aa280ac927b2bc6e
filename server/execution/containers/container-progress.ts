import type { JsonObject } from "@/server/plan/values/json";
import {
	type LoopDecision,
	type RecordedDecision,
	readLoopDecision,
	recordLoopDecision,
} from "@/server/runs/store/loop-iterations";
import { innerIteration } from "../iteration-path";
import type { ContainerProgress } from "../run-cache";
import type { RunContext, StepPlace } from "../run-context";
import { sealBindings } from "../secrets/sealed-values";
import type { StepServices } from "../step-services";

/** An empty object if the container is not open. */
export async function readProgress(
	services: StepServices,
	runId: string,
	place: StepPlace,
): Promise<ContainerProgress> {
	const known = services.cache.progress(runId, place);
	if (known !== undefined) return known;
	const [row] = await services.sql<{ progress: ContainerProgress | null; sealed: string | null }[]>`
		select output as progress, sealed from run_steps
		where run_id = ${runId} and node_id = ${place.nodeId} and iteration = ${place.iteration} and status = 'open'`;
	if (!row?.progress) return {};
	const progress = await openProgress(services, runId, { place, progress: row.progress, sealed: row.sealed });
	services.cache.setProgress(runId, place, progress);
	return progress;
}

async function openProgress(
	services: StepServices,
	runId: string,
	{ place, progress, sealed }: { place: StepPlace; progress: ContainerProgress; sealed: string | null },
): Promise<ContainerProgress> {
	const run = sealed === null ? undefined : await services.cache.loadRun(runId);
	if (sealed === null || run === undefined) return progress;
	return await (await services.secretsOf(run)).open(sealed, sealBindings.output(runId, place));
}

/** The variables of a loop's iteration, whether it is the newest or an older one that is repeated. */
export async function readVariables(
	services: StepServices,
	runId: string,
	loop: StepPlace & { index: number },
): Promise<JsonObject> {
	if (loop.index <= 0) return (await readProgress(services, runId, loop)).vars ?? {};
	const iteration = innerIteration(loop.iteration, loop.index - 1);
	return (await readDecision(services, runId, { nodeId: loop.nodeId, iteration }))?.vars ?? {};
}

/** @param at the loop, and the path of the iteration that ended */
export async function readDecision(
	services: StepServices,
	runId: string,
	at: StepPlace,
): Promise<LoopDecision | undefined> {
	const known = services.cache.decision(runId, at);
	if (known !== undefined) return known;
	const recorded = await readLoopDecision(services.sql, { runId, nodeId: at.nodeId, iteration: at.iteration });
	const run = await services.cache.loadRun(runId);
	if (recorded === undefined || run === undefined) return undefined;
	const decision = await openDecision(services, { run, at }, recorded);
	services.cache.setDecision(runId, at, decision);
	return decision;
}

/** Records a decision with its secrets redacted. Returns the recorded one, which may be an earlier one, unredacted. */
export async function recordDecision(
	services: StepServices,
	loop: { run: RunContext; at: StepPlace },
	{ stop, problem, vars }: LoopDecision,
): Promise<LoopDecision | undefined> {
	const runId = loop.run.id;
	const { nodeId, iteration } = loop.at;
	const secrets = await services.secretsOf(loop.run);
	const { shown, sealed } = await secrets.seal(vars, sealBindings.decision(runId, loop.at));
	const hidden = { stop, problem: problem && secrets.redact.cut(problem), vars: shown, sealed };
	const recorded = await recordLoopDecision(services.sql, { runId, nodeId, iteration }, hidden);
	return recorded && (await openDecision(services, loop, recorded));
}

async function openDecision(
	services: StepServices,
	{ run, at }: { run: RunContext; at: StepPlace },
	{ sealed, ...decision }: RecordedDecision,
): Promise<LoopDecision> {
	if (sealed === null) return decision;
	const secrets = await services.secretsOf(run);
	return { ...decision, vars: await secrets.open<JsonObject>(sealed, sealBindings.decision(run.id, at)) };
}
