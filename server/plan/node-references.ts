import { celReferences } from "./cel";
import { type ConfigText, textsOf } from "./field-rules";
import type { JsonObject } from "./json";
import type { NodeDefinition } from "./node-definition";
import { type Reference, referencesIn } from "./template";

/** A reference in a node's config, from a template or a CEL expression. */
export interface NodeReference extends Reference {
	readonly source: ConfigText;
}

/** Every reference of a config, in the order of its fields. Texts with a mistake have none. */
export function nodeReferences(config: JsonObject, definition: NodeDefinition): NodeReference[] {
	return textsOf(config, definition).flatMap((source) =>
		referencesInText(source).map((reference) => ({ ...reference, source })),
	);
}

export function referencesInText({ kind, text }: ConfigText): readonly Reference[] {
	if (kind === "code") return [];
	return kind === "cel" ? celReferences(text) : referencesIn(text);
}
