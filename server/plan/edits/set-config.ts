import type { NodeId, Plan, PlanNode } from "../plan";
import { FORBIDDEN_KEYS } from "../values/forbidden-keys";
import { isObject, type Json, type JsonObject } from "../values/json";
import { isSameJson } from "../values/same-json";
import { carryPorts } from "./carry-ports";
import { changeNodes } from "./change-nodes";
import { cleanJson, cleanText } from "./clean-json";
import type { Definitions } from "./plan-edit";

/** A field inside a config: names and, in lists, indexes. */
export type ConfigPath = readonly (string | number)[];

/**
 * Writes one field of a step's config; `undefined` removes it (in a list, the entry). Objects on the way are made. The
 * edges of a renamed exit (a case of a switch) stay on it. What no plan can hold leaves the plan as it is.
 */
export function setConfigField(
	plan: Plan,
	{ id, path, value }: { id: NodeId; path: ConfigPath; value: Json | undefined },
	definitions: Definitions,
): Plan {
	const clean = value === undefined ? undefined : cleanJson(value);
	if (value !== undefined && clean === undefined) return plan;
	return changeConfig(plan, { id, change: (config) => writeAt(config, path, clean) }, definitions);
}

/** Writes a step's whole config, as the JSON and YAML views do. */
export function setConfig(
	plan: Plan,
	{ id, config }: { id: NodeId; config: JsonObject },
	definitions: Definitions,
): Plan {
	const clean = cleanJson(config);
	return changeConfig(plan, { id, change: () => clean }, definitions);
}

interface ConfigChange {
	id: NodeId;
	change(config: JsonObject): Json | undefined;
}

function changeConfig(plan: Plan, { id, change }: ConfigChange, definitions: Definitions): Plan {
	const after = changeNodes(plan, [id], (node) => {
		const config = change(node.config);
		return config === undefined || !isObject(config) || isSameJson(config, node.config) ? node : { ...node, config };
	});
	return after === plan ? plan : carryPorts({ before: findNode(plan, id), after }, id, definitions);
}

function findNode(plan: Plan, wanted: NodeId): PlanNode | undefined {
	return plan.nodes.find(({ id }) => id === wanted);
}

/** Nothing when the path cannot be followed: through a text, past the end of a list, or by a forbidden name. */
function writeAt(value: Json | undefined, [part, ...rest]: ConfigPath, next: Json | undefined): Json | undefined {
	if (part === undefined) return next;
	if (typeof part === "number") return writeItem(value ?? [], { index: part, rest, next });
	const name = cleanText(part);
	if (FORBIDDEN_KEYS.has(name) || !(value === undefined || isObject(value))) return undefined;
	const { [name]: old, ...others } = value ?? {};
	if (rest.length === 0 && next === undefined) return others;
	const written = writeAt(old, rest, next);
	if (written === undefined) return undefined;
	return Object.hasOwn(value ?? {}, name) ? { ...value, [name]: written } : { ...others, [name]: written };
}

interface ItemWrite {
	index: number;
	rest: ConfigPath;
	next: Json | undefined;
}

function writeItem(value: Json, { index, rest, next }: ItemWrite): Json | undefined {
	if (!Array.isArray(value) || !Number.isInteger(index) || index < 0 || index > value.length) return undefined;
	if (rest.length === 0 && next === undefined) return value.toSpliced(index, 1);
	const written = writeAt(value[index], rest, next);
	return written === undefined ? undefined : value.toSpliced(index, 1, written);
}
