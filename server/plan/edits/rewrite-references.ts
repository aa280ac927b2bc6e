import { textsOf } from "../expressions/field-rules";
import { referencesInText } from "../expressions/node-references";
import type { Reference, Span } from "../expressions/reference";
import type { NodeDefinition } from "../node-definition";
import type { Plan } from "../plan";
import type { Json, JsonObject } from "../values/json";

export type Definitions = Readonly<Record<string, NodeDefinition>>;

interface Rewriting {
	/** What is exchanged, as it stands in the text. */
	name: string;
	to: string;
	/** Where a reference holds the name, if it does. */
	spanOf(reference: Reference): Span | undefined;
}

/**
 * Exchanges a name in every reference that holds it, in templates and in CEL, and nowhere else. Nodes without a change
 * are kept as they are, so that `===` finds the others.
 */
export function rewriteReferences(plan: Plan, rewriting: Rewriting, definitions: Definitions): Plan {
	const nodes = plan.nodes.map((node) => {
		const definition = Object.hasOwn(definitions, node.type) ? definitions[node.type] : undefined;
		const config = definition && rewriteConfig(node.config, definition, rewriting);
		return config ? { ...node, config } : node;
	});
	return { ...plan, nodes };
}

function rewriteConfig(config: JsonObject, definition: NodeDefinition, rewriting: Rewriting): JsonObject | undefined {
	const changed = new Map<string, string>();
	for (const source of textsOf(config, definition)) {
		const spans = referencesInText(source).flatMap((reference) => rewriting.spanOf(reference) ?? []);
		if (spans.length > 0) changed.set(placeKey(source.path), replaceSpans(source.text, spans, rewriting));
	}
	if (changed.size === 0) return undefined;
	return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, putTexts(value, [key], changed)]));
}

/** Brackets and quotes around a name stay: only the name inside is exchanged. */
function replaceSpans(text: string, spans: readonly Span[], { name, to }: Rewriting): string {
	let result = "";
	let at = 0;
	for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
		result += text.slice(at, start) + text.slice(start, end).replace(name, () => to);
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
