import { completeValues } from "@/server/plan/form-values";
import type { Json, JsonObject } from "@/server/plan/json";
import type { NodeId } from "@/server/plan/plan";
import { bodyOf, enclosingContainers } from "@/server/plan/plan-graph";
import type { Scope } from "@/server/plan/scope";
import { stepKey } from "@/server/runs/state";
import { readProgress, readVariables } from "../containers/container-progress";
import { innerIteration, outerIteration } from "../iteration-path";
import type { RunFacts, StepPlace } from "../run-facts";
import { sealedIn } from "../secrets/sealed-values";
import type { StepWorld } from "../world";
import type { Needs } from "./needs";

/** A scope with the roots that a walk always has. */
export type StepScope = Scope & Required<Pick<Scope, "vars" | "state" | "secrets">>;

/** Where something is worked out, and what it reads. */
interface Reader extends StepPlace {
	needs: Needs;
}

/**
 * Loads what a node's config reads, and no more: the outputs of the steps it names, the run's variables, the item and the
 * iteration it runs in, and the secrets it names.
 */
export async function loadScope(world: StepWorld, facts: RunFacts, reader: Reader): Promise<StepScope> {
	const { roots, secrets: names } = reader.needs;
	const [steps, around, state, secrets] = await Promise.all([
		loadSteps(world, facts, reader),
		loadIteration(world, facts, reader),
		roots.has("state") ? loadVariables(world, facts) : {},
		names.length === 0 ? {} : world.openSecrets(facts.teamId, names),
	]);
	return {
		inputs: completeValues(facts.plan.inputs, facts.input),
		trigger: { type: facts.trigger, ...facts.payload },
		steps,
		state,
		secrets,
		run: { id: facts.id, number: facts.number, workflow: facts.workflowName },
		...around,
	};
}

/** A name means the nearest step: one of the same iteration, or of an iteration around it. */
async function loadSteps(world: StepWorld, facts: RunFacts, { needs, iteration }: Reader) {
	const ids = needs.steps === "all" ? [...facts.index.nodes.keys()] : needs.steps;
	const places = ids.flatMap((id) => {
		if (!facts.index.nodes.has(id)) return [];
		const depth = enclosingContainers(facts.index, id).length;
		return [{ nodeId: id, iteration: outerIteration(iteration, depth) }];
	});
	return { ...facts.pinned?.steps, ...(await readSteps(world, facts.id, places)) };
}

async function readSteps(world: StepWorld, runId: string, places: readonly StepPlace[]) {
	const outputs = places.length === 0 ? new Map<string, Json>() : await world.memory.outputs(runId, places);
	const steps: Record<string, { output: Json }> = {};
	for (const { nodeId, iteration } of places) {
		const output = outputs.get(stepKey(nodeId, iteration));
		if (output !== undefined) steps[nodeId] = { output };
	}
	return steps;
}

async function loadIteration(world: StepWorld, facts: RunFacts, reader: Reader) {
	const { vars = {}, item, iteration, outer } = facts.pinned ?? {};
	let around: JsonObject & { vars: JsonObject } = {
		vars,
		...(item !== undefined && { item }),
		...(iteration !== undefined && { iteration }),
		...(outer !== undefined && { outer }),
	};
	if (!["vars", "item", "iteration", "outer"].some((root) => reader.needs.roots.has(root))) return around;
	const containers = enclosingContainers(facts.index, reader.nodeId).reverse();
	for (const [depth, container] of containers.entries()) {
		const index = Number(reader.iteration.split(".")[depth]);
		const place = { nodeId: container.id, iteration: outerIteration(reader.iteration, depth) };
		if (container.type === "for-each") {
			const { items = [] } = await readProgress(world, facts.id, place);
			around = { ...around, outer: around, item: items[index] ?? null, iteration: { index, total: items.length } };
		} else {
			const vars = { ...around.vars, ...(await readVariables(world, facts.id, { ...place, index })) };
			const previous = await readPrevious(world, facts, { ...reader, container: container.id, depth, index });
			around = { ...around, outer: around, vars, iteration: { index, previous } };
		}
	}
	return around;
}

/** The steps of the iteration before, as `iteration.previous.<id>.output`. */
async function readPrevious(
	world: StepWorld,
	facts: RunFacts,
	loop: Reader & { container: NodeId; depth: number; index: number },
): Promise<JsonObject> {
	const { previous } = loop.needs;
	if (loop.index === 0 || previous.length === 0) return {};
	const iteration = innerIteration(outerIteration(loop.iteration, loop.depth), loop.index - 1);
	const ids = previous === "all" ? bodyOf(facts.index, loop.container).map(({ node }) => node.id) : previous;
	return await readSteps(
		world,
		facts.id,
		ids.map((nodeId) => ({ nodeId, iteration })),
	);
}

async function loadVariables(world: StepWorld, facts: RunFacts): Promise<JsonObject> {
	const rows = await world.sql<{ key: string; value: Json; sealed: string | null; sealedBy: string }[]>`
		select key, value, sealed, coalesce(sealed_in, run_id) as "sealedBy" from run_variables where run_id = ${facts.id}`;
	const secrets = await world.secretsOf(facts);
	const entries = rows.map(async ({ key, value, sealed, sealedBy }) => {
		return [key, sealed === null ? value : await secrets.open(sealed, sealedIn.variable(sealedBy, key))] as const;
	});
	return Object.fromEntries(await Promise.all(entries));
}
