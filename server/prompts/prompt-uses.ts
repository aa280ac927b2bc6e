import { definitionOf } from "@/server/nodes/catalog";
import type { Plan } from "@/server/plan/plan";

/** The steps of a plan that use prompts of the library. */
export function listPromptUses({ nodes }: Plan) {
	return nodes.flatMap(({ id, type, config }) => {
		const use = definitionOf(type)?.promptOf?.(config);
		return use ? [{ nodeId: id, use }] : [];
	});
}
