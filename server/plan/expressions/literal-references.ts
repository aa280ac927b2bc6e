import type { Issue } from "../issue";
import type { NodeDefinition } from "../node-definition";
import { childSchema, labelAt, metadataOf } from "../values/schema-tree";
import type { ConfigText } from "./field-rules";
import { formatPath, isReferenceRoot } from "./scope";
import { referencesIn } from "./template";

type Language = "python" | "javascript";

/** How code reads what stands under Input. */
const READ = {
	python: (name: string) => `input["${name}"]`,
	javascript: (name: string) => `input.${name}`,
} satisfies Record<Language, (name: string) => string>;

/** References in code are not replaced: a value could become code. The code reads them from its input instead. */
export function findLiteralReferences({ kind, text, field, path }: ConfigText, { config }: NodeDefinition): Issue[] {
	if (kind !== "code" || !text.includes("{{") || !Object.hasOwn(config.shape, "input")) return [];
	const schema = path.reduce<ReturnType<typeof childSchema>>((at, part) => at && childSchema(at, part), config);
	const language = schema && metadataOf(schema).language;
	if (language !== "python" && language !== "javascript") return [];
	const found = firstReference(text);
	if (found === undefined) return [];
	const written = `{{ ${formatPath(found)} }}`;
	const name = nameFor(found);
	const message = `${labelAt(config, path)}: ${written} is not replaced in code. Add it to Input as ${name}, and read it as ${READ[language](name)}.`;
	return [{ severity: "warning", field, code: "literal_reference", message }];
}

/** Braces inside braces are usual in code: only a path from a root is a reference that somebody meant. */
function firstReference(text: string): readonly string[] | undefined {
	for (const [source] of text.matchAll(/\{\{[^{}]*\}\}/g)) {
		const [reference] = referencesIn(source);
		if (reference && reference.path.length > 1 && isReferenceRoot(reference.path[0])) return reference.path;
	}
	return undefined;
}

function nameFor(path: readonly string[]): string {
	const [last = "value", before] = path.toReversed();
	const name = last === "output" && before !== undefined ? before : last;
	return /^[A-Za-z_]\w*$/.test(name) ? name : "value";
}
