import type { EndedItems } from "@/server/nodes/container";
import { bodyOf, leavesOf } from "@/server/plan/graph/index-plan";
import type { Json } from "@/server/plan/values/json";
import { readLastDecisions } from "@/server/runs/store/loop-iterations";
import type { RunContext, StepPlace } from "../run-context";
import { sealBindings } from "../secrets/sealed-values";
import type { StepServices } from "../step-services";
import { readProgress } from "./container-progress";

/**
 * How the items of a container ended, in their order: an item's result is the output of the last step of the body, or an
 * object by step id when the body ends in several.
 */
export async function collectItems(
	services: StepServices,
	run: RunContext,
	place: StepPlace,
): Promise<Omit<EndedItems, "onItemFailure">> {
	const { items = [] } = await readProgress(services, run.id, place);
	const rows = await readBody(services, run, place);
	const decisions = await readLastDecisions(services.sql, {
		...{ runId: run.id, nodeId: place.nodeId, iterations: patternOf(prefixOf(place)) },
	});
	const lastIds = leavesOf(run.index, place.nodeId).map(({ id }) => id);
	const begun = items.slice(0, Math.max(-1, ...rows.keys()) + 1);
	const ends = begun.map((_, index) => {
		const steps = rows.get(index) ?? [];
		const failed = steps.find(({ status, nodeId }) => status === "failed" && isStop(run, nodeId));
		return failed ? { error: failed.error ?? "It failed." } : { result: resultOf(steps, lastIds) };
	});
	const stopped = decisions.some(({ problem }) => problem === null);
	return { items, ends, stopped, undecided: findUndecided(decisions) };
}

/** The first item after which the stop condition could not be evaluated. */
function findUndecided(decisions: readonly { iteration: string; problem: string | null }[]): EndedItems["undecided"] {
	const undecided = decisions.find(({ problem }) => problem !== null);
	if (undecided === undefined || undecided.problem === null) return undefined;
	return { index: Number(undecided.iteration.split(".").at(-1)), error: undecided.problem };
}

/** The index of the last item in which a step has started; -1 if none has. */
export async function findLastStartedItem(services: StepServices, run: RunContext, place: StepPlace): Promise<number> {
	const ids = bodyOf(run.index, place.nodeId).map(({ node }) => node.id);
	const prefix = prefixOf(place);
	const [row] = await services.sql<{ index: number | null }[]>`
		select max(substr(iteration, ${prefix.length + 1})::int) as index from run_steps
		where run_id = ${run.id} and node_id = any(${ids}::text[]) and iteration ~ ${patternOf(prefix)}`;
	return row?.index ?? -1;
}

function prefixOf({ iteration }: StepPlace): string {
	return iteration === "" ? "" : `${iteration}.`;
}

/** A regular expression that matches the paths of a container's iterations. */
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

async function readBody(services: StepServices, run: RunContext, place: StepPlace): Promise<Map<number, BodyRow[]>> {
	const ids = bodyOf(run.index, place.nodeId).map(({ node }) => node.id);
	const prefix = prefixOf(place);
	const rows = await services.sql<(BodyRow & StepPlace & { sealed: string | null })[]>`
		select node_id as "nodeId", iteration, substr(iteration, ${prefix.length + 1})::int as index, status, output, sealed,
			error->>'message' as error
		from run_steps
		where run_id = ${run.id} and node_id = any(${ids}::text[]) and iteration ~ ${patternOf(prefix)}`;
	const secrets = await services.secretsOf(run);
	const opened = rows.map(async ({ sealed, ...row }): Promise<BodyRow> => {
		if (sealed === null) return row;
		return { ...row, output: await secrets.open(sealed, sealBindings.output(run.id, row)) };
	});
	return groupByIndex(await Promise.all(opened));
}

function isStop(run: RunContext, nodeId: string): boolean {
	return run.index.nodes.get(nodeId)?.node.onFailure === "stop";
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
