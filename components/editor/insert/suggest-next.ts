import { z } from "zod";
import { catalog, definitionOf, type NodeType } from "@/server/nodes/catalog";
import type { NodeCategory } from "@/server/plan/node-definition";

/** How categories are called and in which order they are listed. */
export const CATEGORIES: readonly { category: NodeCategory; title: string }[] = [
	{ category: "code", title: "Run code" },
	{ category: "data", title: "Data" },
	{ category: "flow", title: "Control flow" },
	{ category: "ai", title: "AI" },
	{ category: "people", title: "People" },
	{ category: "notify", title: "Notify" },
];

export function categoryTitle(category: NodeCategory): string {
	return CATEGORIES.find((known) => known.category === category)?.title ?? category;
}

/** All types of step, in the order of the palette. */
export const STEP_TYPES: readonly NodeType[] = CATEGORIES.flatMap(({ category }) =>
	Object.values(catalog).flatMap((definition) => (definition.category === category ? [definition.type] : [])),
);

const shapeSchema = z.object({
	properties: z.record(z.string(), z.object({ type: z.string().optional() })).default({}),
});

/** What a type of step gives, by name, and which types can begin something with that. */
export function suggestNext(type: string): { gives: string[]; fits: NodeType[] } {
	const definition = definitionOf(type);
	if (!definition) return { gives: [], fits: [] };
	const { data } = shapeSchema.safeParse(z.toJSONSchema(definition.output, { unrepresentable: "any", io: "output" }));
	const fields = Object.entries(data?.properties ?? {});
	const kinds = new Set(fields.map(([, { type: kind = "any" }]) => kind));
	const fits = STEP_TYPES.filter((next) => definitionOf(next)?.takes?.some((kind) => kinds.has(kind)));
	return { gives: fields.map(([name]) => name), fits };
}
