import { FatalError } from "@/server/errors";
import { definitionOf } from "@/server/nodes/catalog";
import type { Json } from "@/server/plan/values/json";
import type { StepError } from "@/server/runs/events";
import { announceEnd, endRun, type RunEnd } from "@/server/runs/store/end-run";
import { retryWhileUnavailable } from "./retry-while-unavailable";
import type { RunContext } from "./run-context";
import { redactJson } from "./secrets/redact-secrets";
import { toStepError } from "./step/run-attempt";
import type { StepServices } from "./step-services";
import type { Walk } from "./walk";

/** Records how a run ended whose plan has been walked, and removes its workspace. */
export async function finishRun(walk: Walk, verdict: "completed" | "failed"): Promise<void> {
	const { services, run } = walk;
	const end = verdict === "completed" ? await completed(services, run) : { status: verdict };
	await recordEnd(walk, end).catch((error) => {
		if (!(error instanceof FatalError)) throw error;
		const refused: RunEnd = { status: "failed", error: toStepError(error) };
		return retryWhileUnavailable(() => endRun(services.sql, run.id, { end: refused }));
	});
	services.cache.evict(run.id);
	// Steps without effect have no workspace.
	if (run.plan.nodes.every((node) => definitionOf(node.type)?.hasEffect === false)) return;
	await services.runner.release(run.id).catch((error) => services.warn("A workspace was not removed.", error));
}

type Completed = { status: "completed"; output?: Json };

/** A completed run has a record of every step: one statement writes the last of them and the end. */
async function recordEnd({ services, run, buffer }: Walk, end: Completed | { status: "failed" }): Promise<void> {
	const isFlat = run.plan.nodes.every((node) => node.parent === undefined);
	if (end.status === "completed" && isFlat) {
		const ended = await buffer.complete(end.output);
		if (ended) await announceEnd(services.sql, ended);
		return;
	}
	await buffer.flush();
	const told = end.status === "failed" ? await failed(services, run) : end;
	await retryWhileUnavailable(() => endRun(services.sql, run.id, { end: told }));
}

/** A run answers with the value of its output step; with several of them, an object by step id. */
async function completed(services: StepServices, run: RunContext): Promise<Completed> {
	const places = run.plan.nodes
		.filter((node) => definitionOf(node.type)?.isRunOutput && node.parent === undefined)
		.map((node) => ({ nodeId: node.id, iteration: "" }));
	if (places.length === 0) return { status: "completed" };
	const outputs = [...(await services.cache.outputs(run.id, places))];
	const [first] = outputs;
	if (first === undefined) return { status: "completed" };
	const output: Json = outputs.length === 1 ? first[1] : Object.fromEntries(outputs);
	const secrets = await services.secretsOf(run);
	return { status: "completed", output: redactJson(output, secrets.redact) };
}

/** The failure that came first is what a person looks for first. */
async function failed(services: StepServices, run: RunContext): Promise<RunEnd> {
	const stops = run.plan.nodes.filter((node) => node.onFailure === "stop").map((node) => node.id);
	const [row] = await services.sql<{ nodeId: string; error: StepError }[]>`
		select node_id as "nodeId", error from run_steps
		where run_id = ${run.id} and iteration = '' and status = 'failed' and node_id = any(${stops}::text[]) and error is not null
		order by ended_at limit 1`;
	if (row === undefined) return { status: "failed", error: { message: "A step failed." } };
	return { status: "failed", nodeId: row.nodeId, error: row.error };
}
