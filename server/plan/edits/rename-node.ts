import { textsOf } from "../expressions/field-rules";
import { referencesInText } from "../expressions/node-references";
import { type Reference, type Span, stepIdAt } from "../expressions/reference";
import type { NodeDefinition } from "../node-definition";
import type { NodeId, Plan } from "../plan";
import type { Json, JsonObject } from "../values/json";

export type Definitions = Readonly<Record<string, NodeDefinition>>;

interface Renaming {
	from: NodeId;
	to: NodeId;
}

/** Gives a node another id and takes everything along that names it: connections, its body, references. */
export function renameNode(plan: Plan, renaming: Renaming, definitions: Definitions): Plan {
	const renamed = (id: NodeId) => (id === renaming.from ? renaming.to : id);
	const { nodes, edges, ...rest } = renameReferences(plan, renaming, definitions);
	return {
		...rest,
		nodes: nodes.map((node) => ({
			...node,
			id: renamed(node.id),
			...(node.parent !== undefined && { parent: renamed(node.parent) }),
		})),
		edges: edges.map((edge) => ({ ...edge, from: renamed(edge.from), to: renamed(edge.to) })),
	};
}

/**
 * Rewrites every reference to a step, in templates and in CEL, and nothing else: code, other names that begin alike
 * and literal text stay as they are. Nodes without a change are kept as they are, so that `===` finds the others.
 */
export function renameReferences(plan: Plan, renaming: Renaming, definitions: Definitions): Plan {
	const nodes = plan.nodes.map((node) => {
		const definition = Object.hasOwn(definitions, node.type) ? definitions[node.type] : undefined;
		const config = definition && renameInConfig(node.config, definition, renaming);
		return config ? { ...node, config } : node;
	});
	return { ...plan, nodes };
}

function renameInConfig(config: JsonObject, definition: NodeDefinition, renaming: Renaming): JsonObject | undefined {
	const changed = new Map<string, string>();
	for (const source of textsOf(config, definition)) {
		const spans = referencesInText(source).flatMap((reference) => idSpan(reference, renaming.from));
		if (spans.length > 0) changed.set(placeKey(source.path), replaceSpans(source.text, spans, renaming.to));
	}
	if (changed.size === 0) return undefined;
	return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, putTexts(value, [key], changed)]));
}

/** Where a reference names the step: `steps.<id>` or `iteration.previous.<id>`. */
function idSpan({ path, parts }: Reference, id: NodeId): Span[] {
	const at = stepIdAt(path);
	const span = at === undefined || path[at] !== id ? undefined : parts[at];
	return span ? [span] : [];
}

/** Brackets and quotes around an id stay: only the name inside is exchanged. */
function replaceSpans(text: string, spans: readonly Span[], id: NodeId): string {
	let result = "";
	let at = 0;
	for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
		result += text.slice(at, start) + text.slice(start, end).replace(/[a-z][a-z0-9_]*/, id);
		at = end;
	}
	return result + text.slice(at);
}

/** Keys may hold dots, but no plan holds a NUL. */
function placeKey(path: readonly string[]): string {
	return path.join("\0");
}

function putTexts(value: Json, path: readonly string[], texts: ReadonlyMap<string, string>): Json {
	if (typeof value === "string") return texts.get(placeKey(path)) ?? value;
	if (Array.isArray(value)) return value.map((item, index) => putTexts(item, [...path, String(index)], texts));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, putTexts(item, [...path, key], texts)]));
}
