import { celReferences } from "./cel";
import type { ConfigText } from "./field-rules";
import type { Reference } from "./reference";
import { referencesIn } from "./template";

/** A reference in a node's config, from a template or a CEL expression. */
export interface NodeReference extends Reference {
	readonly source: ConfigText;
}

/** Every reference in the texts of a config, in their order. Texts with a mistake have none. */
export function nodeReferences(texts: readonly ConfigText[]): NodeReference[] {
	return texts.flatMap((source) => referencesInText(source).map((reference) => ({ ...reference, source })));
}

export function referencesInText({ kind, text }: ConfigText): readonly Reference[] {
	if (kind === "code") return [];
	return kind === "cel" ? celReferences(text) : referencesIn(text);
}
