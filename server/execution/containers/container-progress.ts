import type { JsonObject } from "@/server/plan/values/json";
import {
	type LoopDecision,
	type RecordedDecision,
	readLoopDecision,
	recordLoopDecision,
} from "@/server/runs/store/loop-iterations";
import { innerIteration } from "../iteration-path";
import type { RunContext, StepPlace } from "../run-context";
import type { ContainerProgress } from "../run-memory";
import { sealedIn } from "../secrets/sealed-values";
import type { StepServices } from "../step-services";

/** Empty when the container is not open. */
export async function readProgress(
	services: StepServices,
	runId: string,
	place: StepPlace,
): Promise<ContainerProgress> {
	const known = services.memory.progress(runId, place);
	if (known !== undefined) return known;
	const [row] = await services.sql<{ progress: ContainerProgress | null; sealed: string | null }[]>`
		select output as progress, sealed from run_steps
		where run_id = ${runId} and node_id = ${place.nodeId} and iteration = ${place.iteration} and status = 'open'`;
	if (!row?.progress) return {};
	const progress = await openProgress(services, runId, { place, progress: row.progress, sealed: row.sealed });
	services.memory.rememberProgress(runId, place, progress);
	return progress;
}

async function openProgress(
	services: StepServices,
	runId: string,
	{ place, progress, sealed }: { place: StepPlace; progress: ContainerProgress; sealed: string | null },
): Promise<ContainerProgress> {
	const run = sealed === null ? undefined : await services.memory.loadRun(runId);
	if (sealed === null || run === undefined) return progress;
	return await (await services.secretsOf(run)).open(sealed, sealedIn.output(runId, place));
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
	const known = services.memory.decision(runId, at);
	if (known !== undefined) return known;
	const recorded = await readLoopDecision(services.sql, { runId, nodeId: at.nodeId, iteration: at.iteration });
	const run = await services.memory.loadRun(runId);
	if (recorded === undefined || run === undefined) return undefined;
	const decision = await openDecision(services, { run, at }, recorded);
	services.memory.rememberDecision(runId, at, decision);
	return decision;
}

/** Records a decision with secrets hidden; answers the one that stands, as it flows on. */
export async function keepDecision(
	services: StepServices,
	loop: { run: RunContext; at: StepPlace },
	{ stop, problem, vars }: LoopDecision,
): Promise<LoopDecision | undefined> {
	const runId = loop.run.id;
	const { nodeId, iteration } = loop.at;
	const secrets = await services.secretsOf(loop.run);
	const { shown, sealed } = await secrets.seal(vars, sealedIn.decision(runId, loop.at));
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
	return { ...decision, vars: await secrets.open<JsonObject>(sealed, sealedIn.decision(run.id, at)) };
}
