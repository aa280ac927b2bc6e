import { definitionOf } from "@/server/nodes/catalog";
import { textsOf } from "@/server/plan/expressions/field-rules";
import { nodeReferences } from "@/server/plan/expressions/node-references";
import { choicesOf } from "@/server/plan/expressions/reference";
import type { PlanNode } from "@/server/plan/plan";
import { childSchema, metadataOf } from "@/server/plan/values/schema-tree";

/** Whether a step reads a secret in a field that is not there for a credential, and so may be shown to people. */
export function showsSecret({ type, config }: PlanNode): boolean {
	const definition = definitionOf(type);
	if (definition === undefined) return false;
	const shown = textsOf(config, definition).filter(({ path: [field = ""] }) => {
		const schema = childSchema(definition.config, field);
		return schema === undefined || metadataOf(schema).credential === undefined;
	});
	return nodeReferences(shown)
		.flatMap(choicesOf)
		.some(({ path }) => path[0] === "secrets");
}
