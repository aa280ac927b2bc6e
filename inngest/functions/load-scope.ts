import { completeValues } from "@/server/plan/form-values";
import type { Json, JsonObject } from "@/server/plan/json";
import { enclosingContainers } from "@/server/plan/plan-graph";
import type { Scope } from "@/server/plan/scope";
import { stepKey } from "@/server/runs/state";
import { readProgress, readVariables } from "./container-progress";
import { innerIteration, outerIteration } from "./iteration-path";
import { namesAfter, secretsNamedIn, stepsNamedIn } from "./names-in-text";
import type { RunFacts, StepPlace } from "./run-memory";
import { sealedIn } from "./sealed-values";
import type { StepWorld } from "./world";

/** A scope with the roots that a walk always has. */
export type StepScope = Scope & Required<Pick<Scope, "vars" | "state" | "secrets">>;

/**
 * Loads what a node's config mentions, and no more: the outputs of the steps it names, the run's variables, the item and
 * the iteration it runs in, and the secrets it names.
 *
 * @param text the config as stored, as JSON text. Names are looked for in it without parsing: one too many costs a
 *   look-up, and what is not there stays an unknown reference.
 */
export async function loadScope(
	world: StepWorld,
	facts: RunFacts,
	need: StepPlace & { text: string },
): Promise<StepScope> {
	const { text } = need;
	const [steps, around, state, secrets] = await Promise.all([
		loadSteps(world, facts, need),
		loadIteration(world, facts, need),
		mentions(text, "state") ? loadVariables(world, facts) : {},
		loadSecrets(world, facts.teamId, text),
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

function mentions(text: string, root: string): boolean {
	return text.includes(`${root}.`) || text.includes(`${root}[`) || new RegExp(`\\b${root}\\b`).test(text);
}

/** A name means the nearest step: one of the same iteration, or of an iteration around it. */
async function loadSteps(world: StepWorld, facts: RunFacts, need: StepPlace & { text: string }) {
	const places = stepsNamedIn(need.text).flatMap((id) => {
		if (!facts.index.nodes.has(id)) return [];
		const depth = enclosingContainers(facts.index, id).length;
		return [{ nodeId: id, iteration: outerIteration(need.iteration, depth) }];
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

async function loadIteration(world: StepWorld, facts: RunFacts, need: StepPlace & { text: string }) {
	const { vars = {}, item, iteration, outer } = facts.pinned ?? {};
	let around: JsonObject & { vars: JsonObject } = {
		vars,
		...(item !== undefined && { item }),
		...(iteration !== undefined && { iteration }),
		...(outer !== undefined && { outer }),
	};
	const needsAny = ["vars", "item", "iteration", "outer"].some((root) => mentions(need.text, root));
	if (!needsAny) return around;
	const containers = enclosingContainers(facts.index, need.nodeId).reverse();
	for (const [depth, container] of containers.entries()) {
		const index = Number(need.iteration.split(".")[depth]);
		const place = { nodeId: container.id, iteration: outerIteration(need.iteration, depth) };
		if (container.type === "for-each") {
			const { items = [] } = await readProgress(world, facts.id, place);
			around = { ...around, outer: around, item: items[index] ?? null, iteration: { index, total: items.length } };
		} else {
			const vars = { ...around.vars, ...(await readVariables(world, facts.id, { ...place, index })) };
			const previous = await readPrevious(world, facts, { ...need, depth, index });
			around = { ...around, outer: around, vars, iteration: { index, previous } };
		}
	}
	return around;
}

/** The steps of the iteration before, as `iteration.previous.<id>.output`. */
async function readPrevious(
	world: StepWorld,
	facts: RunFacts,
	need: StepPlace & { text: string; depth: number; index: number },
): Promise<JsonObject> {
	if (need.index === 0 || !need.text.includes("previous")) return {};
	const iteration = innerIteration(outerIteration(need.iteration, need.depth), need.index - 1);
	const places = namesAfter(need.text, "previous").map((nodeId) => ({ nodeId, iteration }));
	return await readSteps(world, facts.id, places);
}

async function loadVariables(world: StepWorld, facts: RunFacts): Promise<JsonObject> {
	const rows = await world.sql<{ key: string; value: Json; sealed: string | null }[]>`
		select key, value, sealed from run_variables where run_id = ${facts.id}`;
	const secrets = await world.secretsOf(facts);
	const entries = rows.map(async ({ key, value, sealed }) => {
		return [key, sealed === null ? value : await secrets.open(sealed, sealedIn.variable(facts.id, key))] as const;
	});
	return Object.fromEntries(await Promise.all(entries));
}

async function loadSecrets(world: StepWorld, teamId: string, text: string): Promise<Record<string, string>> {
	const names = secretsNamedIn(text);
	return names.length === 0 ? {} : await world.openSecrets(teamId, names);
}
