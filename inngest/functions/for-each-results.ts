import { labelItem } from "@/server/nodes/for-each/list-items";
import { MOST_OUTPUT } from "@/server/nodes/output-limit";
import type { Json } from "@/server/plan/json";
import { bodyOf } from "@/server/plan/plan-graph";
import type { ContainerEnd } from "./close-container";
import { readProgress } from "./container-progress";
import type { RunFacts, StepPlace } from "./run-memory";
import { sealedIn } from "./sealed-values";
import type { StepWorld } from "./world";

/**
 * Puts the results of a for-each together, in the items' order: an item's result is the output of the last step of the
 * body, or an object by step id when the body ends in several.
 */
export async function collectForEach(
	world: StepWorld,
	facts: RunFacts,
	{ place, rule }: { place: StepPlace; rule: "stop" | "continue" },
): Promise<ContainerEnd> {
	const { items = [] } = await readProgress(world, facts.id, place);
	const rows = await readBody(world, facts, place);
	const lastSteps = bodyOf(facts.index, place.nodeId).filter(({ outgoing }) => outgoing.length === 0);
	const results: Json[] = [];
	const failures: { index: number; item: Json; error: string }[] = [];
	for (const [index, item] of items.entries()) {
		const steps = rows.get(index) ?? [];
		const failed = steps.find(({ status, nodeId }) => status === "failed" && isStop(facts, nodeId));
		if (failed) failures.push({ index, item, error: failed.error ?? "It failed." });
		results.push(
			failed
				? null
				: resultOf(
						steps,
						lastSteps.map(({ node }) => node.id),
					),
		);
	}
	const output = { results, failures, total: items.length };
	if (JSON.stringify(output).length > MOST_OUTPUT) {
		const message = "The results are longer than 2 MB together. Let the steps write files and return their names.";
		return { error: { message }, output: { results: [], failures, total: items.length } };
	}
	const [first] = failures;
	if (first === undefined || rule === "continue") return { port: "out", output };
	const message = `Item ${first.index + 1} of ${items.length} (${labelItem(first.item, first.index)}) failed: ${first.error}`;
	return { error: { message }, output };
}

/** The last item of which a step has begun; -1 when none has. */
export async function lastBegunItem(world: StepWorld, facts: RunFacts, place: StepPlace): Promise<number> {
	const ids = bodyOf(facts.index, place.nodeId).map(({ node }) => node.id);
	const prefix = place.iteration === "" ? "" : `${place.iteration}.`;
	const [row] = await world.sql<{ index: number | null }[]>`
		select max(substr(iteration, ${prefix.length + 1})::int) as index from run_steps
		where run_id = ${facts.id} and node_id = any(${ids}::text[]) and iteration ~ ${patternOf(prefix)}`;
	return row?.index ?? -1;
}

/** The paths of a container's iterations; a dot stands for itself. */
function patternOf(prefix: string): string {
	return `^${prefix.replaceAll(".", "\\.")}\\d+$`;
}

interface BodyRow {
	nodeId: string;
	index: number;
	status: string;
	output: Json;
	error: string | null;
}

async function readBody(world: StepWorld, facts: RunFacts, place: StepPlace): Promise<Map<number, BodyRow[]>> {
	const ids = bodyOf(facts.index, place.nodeId).map(({ node }) => node.id);
	const prefix = place.iteration === "" ? "" : `${place.iteration}.`;
	const rows = await world.sql<(BodyRow & StepPlace & { sealed: string | null })[]>`
		select node_id as "nodeId", iteration, substr(iteration, ${prefix.length + 1})::int as index, status, output, sealed,
			error->>'message' as error
		from run_steps
		where run_id = ${facts.id} and node_id = any(${ids}::text[]) and iteration ~ ${patternOf(prefix)}`;
	const secrets = await world.secretsOf(facts);
	const opened = rows.map(async ({ sealed, ...row }): Promise<BodyRow> => {
		if (sealed === null) return row;
		return { ...row, output: await secrets.open(sealed, sealedIn.output(facts.id, row)) };
	});
	return groupByIndex(await Promise.all(opened));
}

function isStop(facts: RunFacts, nodeId: string): boolean {
	return facts.index.nodes.get(nodeId)?.node.onFailure === "stop";
}

function resultOf(steps: readonly BodyRow[], lastIds: readonly string[]): Json {
	const outputs = lastIds.flatMap(
		(id) => steps.find((step) => step.nodeId === id && step.status === "completed") ?? [],
	);
	const [only] = outputs;
	if (lastIds.length === 1 || outputs.length === 1) return only?.output ?? null;
	return Object.fromEntries(outputs.map(({ nodeId, output }) => [nodeId, output]));
}

function groupByIndex(rows: readonly BodyRow[]): Map<number, BodyRow[]> {
	const groups = new Map<number, BodyRow[]>();
	for (const row of rows) {
		const group = groups.get(row.index);
		if (group) group.push(row);
		else groups.set(row.index, [row]);
	}
	return groups;
}
