import { definitionOf } from "@/server/nodes/catalog";
import type { Scope } from "@/server/plan/expressions/scope";
import { completeValues } from "@/server/plan/form-values";
import { bodyOf, enclosingContainers } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { stepKey } from "@/server/runs/state";
import { readProgress, readVariables } from "../containers/container-progress";
import { innerIteration, outerIteration } from "../iteration-path";
import type { RunContext, StepPlace } from "../run-context";
import { sealBindings } from "../secrets/sealed-values";
import type { StepServices } from "../step-services";
import type { Needs } from "./needs";

/** A scope in which these roots are always defined. */
export type StepScope = Scope & Required<Pick<Scope, "vars" | "state" | "secrets">>;

/** The step whose config is resolved, and what it reads. */
interface Reader extends StepPlace {
	needs: Needs;
}

/**
 * Loads what a node's config reads, and no more: the outputs of the steps it names, the run's variables, the item and the
 * iteration it runs in, and the secrets it names.
 */
export async function loadScope(services: StepServices, run: RunContext, reader: Reader): Promise<StepScope> {
	const { roots, secrets: names } = reader.needs;
	const [steps, around, state, secrets] = await Promise.all([
		loadSteps(services, run, reader),
		loadIteration(services, run, reader),
		roots.has("state") ? loadVariables(services, run) : {},
		names.length === 0 ? {} : services.openSecrets(run, names),
	]);
	return {
		inputs: completeValues(run.plan.inputs, run.input),
		trigger: { type: run.trigger, ...run.payload },
		steps,
		state,
		secrets,
		run: { id: run.id, number: run.number, workflow: run.workflowName },
		...around,
	};
}

/** An id refers to the nearest step: of the same iteration, or of an enclosing one. */
async function loadSteps(services: StepServices, run: RunContext, { needs, iteration }: Reader) {
	const ids = needs.steps === "all" ? [...run.index.nodes.keys()] : needs.steps;
	const places = ids.flatMap((id) => {
		if (!run.index.nodes.has(id)) return [];
		const depth = enclosingContainers(run.index, id).length;
		return [{ nodeId: id, iteration: outerIteration(iteration, depth) }];
	});
	return { ...run.pinned?.steps, ...(await readSteps(services, run.id, places)) };
}

async function readSteps(services: StepServices, runId: string, places: readonly StepPlace[]) {
	const outputs = places.length === 0 ? new Map<string, Json>() : await services.cache.outputs(runId, places);
	const steps: Record<string, { output: Json }> = {};
	for (const { nodeId, iteration } of places) {
		const output = outputs.get(stepKey(nodeId, iteration));
		if (output !== undefined) steps[nodeId] = { output };
	}
	return steps;
}

async function loadIteration(services: StepServices, run: RunContext, reader: Reader) {
	const { vars = {}, item, iteration, outer } = run.pinned ?? {};
	let around: JsonObject & { vars: JsonObject } = {
		vars,
		...(item !== undefined && { item }),
		...(iteration !== undefined && { iteration }),
		...(outer !== undefined && { outer }),
	};
	if (!["vars", "item", "iteration", "outer"].some((root) => reader.needs.roots.has(root))) return around;
	const containers = enclosingContainers(run.index, reader.nodeId).reverse();
	for (const [depth, container] of containers.entries()) {
		const index = Number(reader.iteration.split(".")[depth]);
		const place = { nodeId: container.id, iteration: outerIteration(reader.iteration, depth) };
		if (definitionOf(container.type)?.body?.runs === "items") {
			const { items = [] } = await readProgress(services, run.id, place);
			around = { ...around, outer: around, item: items[index] ?? null, iteration: { index, total: items.length } };
		} else {
			const vars = { ...around.vars, ...(await readVariables(services, run.id, { ...place, index })) };
			const previous = await readPrevious(services, run, { ...reader, container: container.id, depth, index });
			around = { ...around, outer: around, vars, iteration: { index, previous } };
		}
	}
	return around;
}

/** The steps of the iteration before, as `iteration.previous.<id>.output`. */
async function readPrevious(
	services: StepServices,
	run: RunContext,
	loop: Reader & { container: NodeId; depth: number; index: number },
): Promise<JsonObject> {
	const { previous } = loop.needs;
	if (loop.index === 0 || previous.length === 0) return {};
	const iteration = innerIteration(outerIteration(loop.iteration, loop.depth), loop.index - 1);
	const ids = previous === "all" ? bodyOf(run.index, loop.container).map(({ node }) => node.id) : previous;
	return await readSteps(
		services,
		run.id,
		ids.map((nodeId) => ({ nodeId, iteration })),
	);
}

async function loadVariables(services: StepServices, run: RunContext): Promise<JsonObject> {
	const rows = await services.sql<{ key: string; value: Json; sealed: string | null; sealedBy: string }[]>`
		select key, value, sealed, coalesce(sealed_in, run_id) as "sealedBy" from run_variables where run_id = ${run.id}`;
	const secrets = await services.secretsOf(run);
	const entries = rows.map(async ({ key, value, sealed, sealedBy }) => {
		return [key, sealed === null ? value : await secrets.open(sealed, sealBindings.variable(sealedBy, key))] as const;
	});
	return Object.fromEntries(await Promise.all(entries));
}
