import { WeftError } from "@/server/errors";
import { definitionOf } from "@/server/nodes/catalog";
import { textsOf } from "@/server/plan/expressions/field-rules";
import { type NodeReference, nodeReferences } from "@/server/plan/expressions/node-references";
import { formatPath } from "@/server/plan/expressions/scope";
import type { Issue } from "@/server/plan/issue";
import type { NodeId, PlanNode } from "@/server/plan/plan";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { toJsonText } from "../store/json-text";
import type { CollectedScope } from "./collect-scope";

/** A reference, and the node whose config contains it. */
export interface PlacedReference extends NodeReference {
	nodeId: NodeId;
}

/** All that a step reads, in characters of JSON. */
const MAX_SCOPE_LENGTH = 8_000_000;

/** Every reference in the configs of some nodes. */
export function referencesOf(nodes: readonly PlanNode[]): PlacedReference[] {
	return nodes.flatMap((node) => {
		const definition = definitionOf(node.type);
		if (!definition) return [];
		return nodeReferences(textsOf(node.config, definition)).map((reference) => ({ ...reference, nodeId: node.id }));
	});
}

/** Throws `invalid` if the step, or one inside it, has errors, other than errors of the step's own connections. */
export function requireNoErrors(
	issues: readonly Issue[],
	{ tried, running }: { tried: NodeId; running: ReadonlySet<NodeId> },
): void {
	const found = issues.filter(({ severity, nodeId, field, code }) => {
		if (severity !== "error" || nodeId === undefined || !running.has(nodeId)) return false;
		return nodeId !== tried || field?.startsWith("config") || OWN_ERRORS.has(code);
	});
	if (found.length > 0)
		throw new WeftError("invalid", "This step has problems. Fix them, then try it.", { issues: found });
}

const OWN_ERRORS = new Set(["unknown_type", "empty_container", "duplicate_id", "cannot_continue"]);

/** Throws `invalid` when a step reads what nobody has given, pinned or recorded, and `too_large` when it is too much. */
export function requireData(
	references: readonly PlacedReference[],
	scope: CollectedScope,
	running: ReadonlySet<NodeId>,
): void {
	const issues = references.flatMap((reference) => {
		const message = explainMissing(reference.path, scope, running);
		if (message === undefined) return [];
		const { nodeId, source } = reference;
		return [{ severity: "error" as const, nodeId, field: source.field, code: "no_data", message }];
	});
	if (issues.length > 0)
		throw new WeftError("invalid", "There is no data to try this step with yet. Run the steps before it first.", {
			issues,
		});
	const { shown: _, ...kept } = scope;
	if (toJsonText(kept).length > MAX_SCOPE_LENGTH) {
		throw new WeftError("too_large", "This step reads more than 8 MB. Pin a smaller example to the steps before it.");
	}
}

/** Inside a container that is tried, `item`, `iteration` and `vars` are its own. */
function explainMissing(
	path: readonly string[],
	{ shown, inputs }: CollectedScope,
	running: ReadonlySet<NodeId>,
): string | undefined {
	const [root, name = ""] = path;
	const isInContainer = running.size > 1;
	if (root === "steps" && !running.has(name) && !Object.hasOwn(shown.steps, name)) {
		return `${formatPath(path)}: ${name} has not run yet. Run the workflow once, try that step, or pin data to it.`;
	}
	if (root === "inputs" && name !== "" && !Object.hasOwn(inputs, name)) {
		return `${formatPath(path)}: the input ${name} has no value yet. Give it one.`;
	}
	if (root === "item" && shown.item === undefined && !isInContainer) {
		return "item: the container around has not run yet. Run the workflow once, or give an item.";
	}
	if (root === "outer" && !isInContainer && !hasOuter(shown.outer, path)) {
		return `${formatPath(path)}: the containers around have not run yet. Run the workflow once, or give a value.`;
	}
	return undefined;
}

/** Whether there is what a path names of a container further out: `item` of `outer.outer.item.name`. */
function hasOuter(outer: JsonObject | undefined, path: readonly string[]): boolean {
	const at = path.findIndex((part) => part !== "outer");
	let value: Json | undefined = outer;
	for (const part of path.slice(1, at + 1)) {
		if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
		value = Object.hasOwn(value, part) ? value[part] : undefined;
	}
	return value !== undefined;
}
