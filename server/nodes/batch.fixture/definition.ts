import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { jsonSchema } from "../../plan/values/json";

/** A type of container that Weft does not have: it counts its items itself. */
export const batchDefinition = defineNode({
	type: "batch",
	title: "Batch",
	description: "Runs its steps once for each number up to a size.",
	icon: "repeat",
	keywords: ["numbers"],
	category: "flow",
	kind: "container",
	body: {
		runs: "items",
		items: ({ size }) => (typeof size === "number" ? numbersUpTo(size) : []),
		summary: () => "all at once",
	},
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: z.strictObject({ size: z.int().min(1).max(9).meta({ label: "Size" }) }),
	output: z.object({ done: z.array(jsonSchema) }),
	summary: ({ size }) => `${size} numbers`,
});

export function numbersUpTo(size: number): number[] {
	return Array.from({ length: size }, (_, index) => index + 1);
}
