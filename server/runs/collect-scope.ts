import type { Database } from "@/db/client";
import type { Json, JsonObject } from "@/server/plan/json";
import type { NodeReference } from "@/server/plan/node-references";
import type { NodeId, Plan } from "@/server/plan/plan";
import { enclosingContainers, indexPlan } from "@/server/plan/plan-graph";
import { stepIdAt } from "@/server/plan/reference";
import { readPins } from "@/server/workflows/read-pins";
import type { PinnedOutput, PinnedScope, TryScope } from "./pinned-scope";
import { readLastStart, readRecordedSteps, triggerOf } from "./recorded-steps";
import { scopeAround } from "./scope-around";

interface Wanted {
	workflowId: string;
	/** The whole draft, in which the step has its place. */
	plan: Plan;
	/** The step that is tried. */
	nodeId: NodeId;
	/** The references of everything that runs. */
	references: readonly Pick<NodeReference, "path">[];
	/** Steps that run themselves. */
	running: ReadonlySet<NodeId>;
	/** What the person says; it wins over everything. */
	given: TryScope;
}

export interface CollectedScope {
	pinned: PinnedScope & Required<Pick<PinnedScope, "steps">>;
	inputs: JsonObject;
	trigger: JsonObject;
	state: JsonObject;
}

/**
 * The values that a step reads when it runs alone: given by the person, else pinned to the step they come from, else as
 * they were recorded last.
 */
export async function collectScope({ db, sql }: Database, wanted: Wanted): Promise<CollectedScope> {
	const { workflowId, plan, given } = wanted;
	const containers = enclosingContainers(indexPlan(plan), wanted.nodeId);
	const named = namedSteps(wanted);
	const recorded = await readRecords(sql, workflowId, [...named, ...containers.map(({ id }) => id)]);
	const pins = await readPins(db, workflowId);
	const steps: Record<NodeId, PinnedOutput> = withoutRunning(given.steps, wanted.running);
	for (const id of named) {
		const output = Object.hasOwn(pins, id) ? pins[id] : undefined;
		const found = output === undefined ? recorded.get(id)?.pinned : { output };
		if (found !== undefined) steps[id] ??= found;
	}
	const last = await readLastStart(sql, workflowId);
	return {
		pinned: { steps, ...scopeAround({ containers, recorded, given, steps: outputsOf(steps) }) },
		inputs: { ...knownInputs(plan, last?.input ?? {}), ...given.inputs },
		trigger: given.trigger ?? (last ? triggerOf(last) : { type: "manual" }),
		state: given.state ?? last?.state ?? {},
	};
}

/** As people may see them. */
function outputsOf(steps: Record<NodeId, PinnedOutput>): JsonObject {
	return Object.fromEntries(Object.entries(steps).map(([id, { output }]) => [id, { output }]));
}

/** An output that is given to a step that runs would keep it from running. */
function withoutRunning(steps: TryScope["steps"], running: ReadonlySet<NodeId>) {
	return Object.fromEntries(Object.entries(steps ?? {}).filter(([id]) => !running.has(id)));
}

function namedSteps({ references, running }: Wanted): NodeId[] {
	const named = references.flatMap(({ path }) => path[stepIdAt(path) ?? path.length] ?? []);
	return [...new Set(named)].filter((id) => !running.has(id));
}

/** `pinned`: the output as a try reads it. */
type KnownRecords = Map<NodeId, { input: JsonObject | null; output: Json; pinned: PinnedOutput }>;

async function readRecords(sql: Database["sql"], workflowId: string, ids: readonly NodeId[]): Promise<KnownRecords> {
	const records: KnownRecords = new Map();
	if (ids.length === 0) return records;
	for await (const { nodeId, iteration, input, output, sealed, run } of readRecordedSteps(sql, workflowId, ids)) {
		const pinned = { output, ...(sealed !== null && { sealed: { runId: run.id, iteration, text: sealed } }) };
		records.set(nodeId, { input, output, pinned });
	}
	return records;
}

/** Inputs that the draft still has: what the last run was started with, else their defaults, else null if not needed. */
function knownInputs(plan: Plan, last: JsonObject): JsonObject {
	const entries = plan.inputs.flatMap(({ name, default: fallback, required }) => {
		const value = Object.hasOwn(last, name) ? last[name] : (fallback ?? (required ? undefined : null));
		return value === undefined ? [] : [[name, value] as const];
	});
	return Object.fromEntries(entries);
}
