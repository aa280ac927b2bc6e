import { definitionOf } from "@/server/nodes/catalog";
import { textsOf } from "@/server/plan/expressions/field-rules";
import { nodeReferences } from "@/server/plan/expressions/node-references";
import { formatPath } from "@/server/plan/expressions/scope";
import { withDescendants } from "@/server/plan/graph/select-subtree";
import type { NodeId, Plan } from "@/server/plan/plan";
import { isObject, type Json, type JsonObject, jsonObjectSchema } from "@/server/plan/values/json";
import { tryReadJson } from "@/server/plan/values/read-json";
import { isSameJson } from "@/server/plan/values/same-json";
import { referenceScope } from "../references/earlier-steps";
import { type KnownValues, listReferences } from "../references/list-references";
import { putAt } from "../references/put-at";

/** What a step reads when it is tried, as far as it is known here. */
export interface TryInput {
	/** One entry a root: `{ inputs: { … }, steps: { build: { output: … } } }`. */
	readonly values: JsonObject;
	/** The paths that it names. */
	readonly named: readonly string[];
	/** Those of them that no run, no pin and no default gives a value. */
	readonly missing: readonly string[];
}

/** Gathers the values behind the references of a step, and of the steps inside it. */
export function gatherInput(plan: Plan, nodeId: NodeId, known: KnownValues): TryInput {
	const inside = withDescendants(plan, [nodeId]);
	const paths = namedPaths(plan, inside).filter((path) => !isOwn(path, inside));
	const available = gatherKnown(plan, nodeId, known);
	const named = [...new Set(paths.map(formatPath))];
	const missing = paths.flatMap((path) => (isThere(available, path) ? [] : [formatPath(path)]));
	const values = paths.reduce<JsonObject>((found, path) => addRoot(found, path, available), {});
	return { values, named, missing: [...new Set(missing)] };
}

/** Secrets are read where they are kept, and a run tells its own number. */
function namedPaths(plan: Plan, inside: ReadonlySet<NodeId>): (readonly string[])[] {
	return plan.nodes.flatMap(({ id, type, config }) => {
		const definition = inside.has(id) ? definitionOf(type) : undefined;
		if (!definition) return [];
		const paths = nodeReferences(textsOf(config, definition)).map(({ path }) => path);
		return paths.filter(([root]) => root !== "secrets" && root !== "run");
	});
}

/** What the step's own body puts out, and what it gives its body, arises while it runs. */
function isOwn([root, id = ""]: readonly string[], inside: ReadonlySet<NodeId>): boolean {
	if (root === "steps") return inside.has(id);
	return inside.size > 1 && (root === "item" || root === "iteration" || root === "vars" || root === "outer");
}

function gatherKnown(plan: Plan, nodeId: NodeId, known: KnownValues): JsonObject {
	const found: JsonObject = {};
	for (const { values } of listReferences({ plan, nodeId, inside: false }, known)) {
		for (const { path, value } of values) if (value !== undefined) putAt(found, path, value);
	}
	const inputs = isObject(found.inputs) ? found.inputs : {};
	for (const { name, required } of plan.inputs)
		if (!required && !Object.hasOwn(inputs, name)) putAt(found, ["inputs", name], null);
	const { containers } = referenceScope({ plan, nodeId, inside: false });
	if (containers.length > 0) putAt(found, ["iteration", "index"], 0);
	if (known.trigger !== undefined) found.trigger = known.trigger;
	return found;
}

function isThere(values: JsonObject, path: readonly string[]): boolean {
	let at: Json | undefined = values;
	for (const part of path) {
		if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return false;
		at = isObject(at) ? at[part] : at[Number(part)];
	}
	return true;
}

/** A step's whole output, a whole input: a part of it would not be what the step reads in a run. */
function addRoot(found: JsonObject, path: readonly string[], available: JsonObject): JsonObject {
	const [root = ""] = path;
	const whole = root === "steps" ? path.slice(0, 2) : root === "inputs" || root === "vars" ? path.slice(0, 2) : [root];
	let value: Json | undefined = available;
	for (const part of whole) value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
	const copy = structuredClone(found);
	// What is not known is left to be written, at the very place that the step reads.
	if (value === undefined) putAt(copy, path, null);
	else putAt(copy, whole, value);
	return copy;
}

/**
 * What is sent of an input that somebody edited: the parts that differ from what is known. The server has the rest
 * itself, whole where it was shortened for being shown.
 */
export function editedParts(text: string, known: JsonObject): JsonObject | undefined {
	const parsed = jsonObjectSchema.safeParse(tryReadJson(text));
	if (!parsed.success) return undefined;
	return differingParts(parsed.data, known, 2);
}

function differingParts(edited: JsonObject, known: JsonObject, depth: number): JsonObject {
	return Object.fromEntries(
		Object.entries(edited).flatMap(([key, value]) => {
			const before = known[key];
			if (isSameJson(value, before)) return [];
			const isSplit = depth > 1 && (key === "steps" || key === "inputs") && isObject(value) && isObject(before);
			return [[key, isSplit ? differingParts(value, before, depth - 1) : value] as const];
		}),
	);
}
