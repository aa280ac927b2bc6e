import { FatalError } from "@/server/errors";
import { definitionOf } from "@/server/nodes/catalog";
import type { Json } from "@/server/plan/json";
import { endRun, followEnd, type RunEnd } from "@/server/runs/end-run";
import type { StepError } from "@/server/runs/events";
import { keepTrying } from "./keep-trying";
import type { RunFacts } from "./run-facts";
import { redactJson } from "./secrets/redact-secrets";
import { toStepError } from "./step/run-attempt";
import type { Walk } from "./walk";
import type { StepWorld } from "./world";

/** Records how a run ended whose plan has been walked, and removes its workspace. */
export async function finishRun(walk: Walk, verdict: "completed" | "failed"): Promise<void> {
	const { world, facts } = walk;
	const end = verdict === "completed" ? await completed(world, facts) : { status: verdict };
	await recordEnd(walk, end).catch((error) => {
		if (!(error instanceof FatalError)) throw error;
		const refused: RunEnd = { status: "failed", error: toStepError(error) };
		return keepTrying(() => endRun(world.sql, facts.id, { end: refused }));
	});
	world.memory.forget(facts.id);
	// Steps without effect have no workspace.
	if (facts.plan.nodes.every((node) => definitionOf(node.type)?.hasEffect === false)) return;
	await world.runner.release(facts.id).catch((error) => world.warn("A workspace was not removed.", error));
}

type Completed = { status: "completed"; output?: Json };

/** One statement takes the last records and the end, where the walk knows that no step is without a record. */
async function recordEnd({ world, facts, buffer }: Walk, end: Completed | { status: "failed" }): Promise<void> {
	const isFlat = facts.plan.nodes.every((node) => node.parent === undefined);
	if (end.status === "completed" && isFlat) {
		const ended = await buffer.complete(end.output);
		if (ended) await followEnd(world.sql, ended);
		return;
	}
	await buffer.flush();
	const told = end.status === "failed" ? await failed(world, facts) : end;
	await keepTrying(() => endRun(world.sql, facts.id, { end: told }));
}

/** A run answers with its output step's value; with several of them, an object by step id. */
async function completed(world: StepWorld, facts: RunFacts): Promise<Completed> {
	const places = facts.plan.nodes
		.filter((node) => node.type === "output" && node.parent === undefined)
		.map((node) => ({ nodeId: node.id, iteration: "" }));
	if (places.length === 0) return { status: "completed" };
	const outputs = [...(await world.memory.outputs(facts.id, places))];
	const [first] = outputs;
	if (first === undefined) return { status: "completed" };
	const output: Json = outputs.length === 1 ? first[1] : Object.fromEntries(outputs);
	const secrets = await world.secretsOf(facts);
	return { status: "completed", output: redactJson(output, secrets.redact) };
}

/** The failure that came first is what a person looks for first. */
async function failed(world: StepWorld, facts: RunFacts): Promise<RunEnd> {
	const stops = facts.plan.nodes.filter((node) => node.onFailure === "stop").map((node) => node.id);
	const [row] = await world.sql<{ nodeId: string; error: StepError }[]>`
		select node_id as "nodeId", error from run_steps
		where run_id = ${facts.id} and iteration = '' and status = 'failed' and node_id = any(${stops}::text[]) and error is not null
		order by ended_at limit 1`;
	if (row === undefined) return { status: "failed", error: { message: "A step failed." } };
	return { status: "failed", nodeId: row.nodeId, error: row.error };
}
