import type { Database } from "@/db/client";
import { definitionOf } from "@/server/nodes/catalog";
import type { NodeReference } from "@/server/plan/expressions/node-references";
import { stepIdAt } from "@/server/plan/expressions/reference";
import { enclosingContainers, indexPlan } from "@/server/plan/graph/index-plan";
import type { NodeId, Plan, PlanNode } from "@/server/plan/plan";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { DEFAULT_TRIGGERS } from "@/server/triggers/catalog";
import { readLastTestStart, type TestStart } from "@/server/triggers/test-events/read-test-event";
import { readPins } from "@/server/workflows/read-pins";
import type { Actor } from "../events";
import { findOwnCredentials, type OwnCredentials } from "../read/own-credentials";
import { readLastStart, readRecordedSteps, triggerOf } from "../read/recorded-steps";
import type { FirstVariable } from "../store/new-run";
import type { PinnedContainer, PinnedOutput, PinnedScope, SealedPlace, TryScope } from "../store/pinned-scope";
import { scopeAround } from "./scope-around";

interface Wanted {
	workflowId: string;
	/** Who tries the step. */
	actor: Actor;
	/** The whole draft, in which the step has its place. */
	plan: Plan;
	/** The step that is tried. */
	nodeId: NodeId;
	/** The references of everything that runs. */
	references: readonly Pick<NodeReference, "path">[];
	/** Steps that run themselves. */
	running: ReadonlySet<NodeId>;
	/** Values given by the person, which take precedence. */
	given: TryScope;
}

export interface CollectedScope {
	/** The values, redacted. */
	shown: Omit<PinnedScope, "containers"> & Required<Pick<PinnedScope, "steps">>;
	/** The values as they are stored for the try. */
	pinned: PinnedScope;
	inputs: JsonObject;
	trigger: JsonObject;
	/** Files of the event that the trigger was pinned of, if what runs reads them. */
	uploads: TestStart["uploads"];
	variables: FirstVariable[];
	/** The personal credentials of whoever tries the step that the values may hold, by name. */
	ownCredentials: string[];
}

/**
 * The values that a step reads when it runs alone: given by the person, else pinned to the step they come from, else as
 * they were recorded last. Of a run in which somebody else read credentials of their own, they are as people see them.
 */
export async function collectScope({ db, sql }: Database, wanted: Wanted): Promise<CollectedScope> {
	const { workflowId, plan, given } = wanted;
	const containers = enclosingContainers(indexPlan(plan), wanted.nodeId);
	const named = namedSteps(wanted);
	const known = await readKnown(sql, wanted, [...named, ...containers.map(({ id }) => id)]);
	const { recorded, last } = known;
	const pins = await readPins(db, workflowId);
	const begins = await readLastTestStart(db, workflowId, plan);
	const steps: Record<NodeId, PinnedOutput> = withoutRunning(given.steps, wanted.running);
	for (const id of named) {
		const output = Object.hasOwn(pins, id) ? pins[id] : undefined;
		const found = output === undefined ? recorded.get(id)?.pinned : { output };
		if (found !== undefined) steps[id] ??= found;
	}
	const around = scopeAround({ containers, recorded, given, steps: outputsOf(steps) });
	const sealed = sealedAround({ containers, recorded, given, steps });
	return {
		shown: { steps, ...around },
		pinned: { steps, ...(sealed ?? around) },
		inputs: { ...knownInputs(plan, begins?.input ?? last?.input ?? {}), ...given.inputs },
		trigger: given.trigger ?? triggerIn(begins, last),
		uploads: begins && !given.trigger && readsFiles(wanted) ? begins.uploads : [],
		variables: firstVariables(given.state, last),
		ownCredentials: known.ownCredentials,
	};
}

/** What is known of the last runs, without what others' own credentials are hidden in. */
async function readKnown(sql: Database["sql"], { workflowId, actor }: Wanted, ids: readonly NodeId[]) {
	const recorded = await readRecords(sql, workflowId, ids);
	const last = await readLastStart(sql, workflowId);
	const runIds = [...[...recorded.values()].map(({ runId }) => runId), ...(last ? [last.id] : [])];
	const own = await findOwnCredentials(sql, [...new Set(runIds)]);
	const isOthers = ({ owner }: OwnCredentials) => actor.kind !== "user" || owner !== actor.id;
	const isShut = (runId: string) => {
		const credentials = own.get(runId);
		return credentials !== undefined && isOthers(credentials);
	};
	for (const [id, record] of recorded) if (isShut(record.runId)) recorded.set(id, asSeen(record));
	return {
		recorded,
		last: last && isShut(last.id) ? { ...last, sealed: {} } : last,
		ownCredentials: [...own.values()].flatMap((credentials) => (isOthers(credentials) ? [] : credentials.names)),
	};
}

function asSeen({ runId, input, output }: KnownRecord): KnownRecord {
	return { runId, input, output, pinned: { output } };
}

/** As people may see them. */
function outputsOf(steps: Record<NodeId, PinnedOutput>): JsonObject {
	return Object.fromEntries(Object.entries(steps).map(([id, { output }]) => [id, { output }]));
}

/** Without the outputs of steps that run: a step with a given output would not run. */
function withoutRunning(steps: TryScope["steps"], running: ReadonlySet<NodeId>) {
	return Object.fromEntries(Object.entries(steps ?? {}).filter(([id]) => !running.has(id)));
}

function namedSteps({ references, running }: Wanted): NodeId[] {
	const named = references.flatMap(({ path }) => path[stepIdAt(path) ?? path.length] ?? []);
	return [...new Set(named)].filter((id) => !running.has(id));
}

interface KnownRecord {
	runId: string;
	input: JsonObject | null;
	output: Json;
	/** The output as a try reads it. */
	pinned: PinnedOutput;
	/** A container: where its resolved config is stored encrypted. */
	opened?: SealedPlace;
}
type KnownRecords = Map<NodeId, KnownRecord>;

async function readRecords(sql: Database["sql"], workflowId: string, ids: readonly NodeId[]): Promise<KnownRecords> {
	const records: KnownRecords = new Map();
	if (ids.length === 0) return records;
	for await (const { nodeId, input, output, ...step } of readRecordedSteps(sql, workflowId, ids)) {
		const { output: text, opened, recordedAs } = step.sealed;
		const place = { runId: step.run.id, nodeId: recordedAs, iteration: step.iteration };
		const pinned = text === null ? { output } : { output, sealed: { ...place, text } };
		const { runId } = place;
		records.set(nodeId, {
			runId,
			input,
			output,
			pinned,
			...(opened !== null && { opened: { ...place, text: opened } }),
		});
	}
	return records;
}

/** The containers themselves, where secrets are hidden in what they give. */
function sealedAround(around: {
	containers: readonly PlanNode[];
	recorded: KnownRecords;
	given: TryScope;
	steps: Record<NodeId, PinnedOutput>;
}): Omit<PinnedScope, "steps"> | undefined {
	const { containers, recorded, steps } = around;
	const { item, vars, iteration, outer } = around.given;
	const pinned = containers.map((container) => pinContainer(container, recorded.get(container.id)));
	const values = [...pinned.flatMap(({ opened, ended }) => [opened, ended]), ...Object.values(steps)];
	if (containers.length === 0 || values.every((value) => value?.sealed === undefined)) return undefined;
	return {
		...{ containers: pinned, vars, iteration, outer },
		...(item !== undefined && { item }),
	};
}

/** What steps inside read of a container: its end only if it runs rounds; of a sealed value only the sealed form. */
function pinContainer({ id, type }: PlanNode, record: KnownRecord | undefined): PinnedContainer {
	if (record === undefined) return { id, type };
	const { input, opened, pinned } = record;
	const ended = pinned.sealed ? { output: null, sealed: pinned.sealed } : pinned;
	return {
		...{ id, type },
		opened: opened ? { output: null, sealed: opened } : { output: input },
		...(definitionOf(type)?.body?.runs === "rounds" && { ended }),
	};
}

function firstVariables(
	given: JsonObject | undefined,
	last: Awaited<ReturnType<typeof readLastStart>>,
): FirstVariable[] {
	if (given || !last) return Object.entries(given ?? {}).map(([key, value]) => ({ key, value }));
	return Object.entries(last.state).map(([key, value]) => {
		const text = Object.hasOwn(last.sealed, key) ? last.sealed[key] : undefined;
		return { key, value, ...(text !== undefined && { sealed: { text, runId: last.id } }) };
	});
}

/** What is pinned goes before what the last run began with. */
function triggerIn(begins: TestStart | undefined, last: Awaited<ReturnType<typeof readLastStart>>): JsonObject {
	const start = begins ?? last;
	return start ? triggerOf(start) : DEFAULT_TRIGGERS[0];
}

/** As `trigger.files`, or with all that the trigger has. */
function readsFiles({ references }: Wanted): boolean {
	return references.some(({ path: [root, part = "files"] }) => root === "trigger" && part === "files");
}

/** Inputs that the draft still has: what the last run was started with, else their defaults, else null if not needed. */
function knownInputs(plan: Plan, last: JsonObject): JsonObject {
	const entries = plan.inputs.flatMap(({ name, default: fallback, required }) => {
		const value = Object.hasOwn(last, name) ? last[name] : (fallback ?? (required ? undefined : null));
		return value === undefined ? [] : [[name, value] as const];
	});
	return Object.fromEntries(entries);
}
