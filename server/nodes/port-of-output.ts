import { z } from "zod";
import type { PlanNode } from "../plan/plan";
import type { Json } from "../plan/values/json";
import { definitionOf } from "./catalog";

/** What the outputs of steps with several exits say about the one that was taken. */
const takenSchema = z.union([
	z.object({ result: z.boolean() }).transform(({ result }) => String(result)),
	z.object({ case: z.string().nullable() }).transform((taken) => (taken.case === null ? "else" : `case:${taken.case}`)),
	z.object({ decision: z.string() }).transform(({ decision }) => decision),
	z.object({ exhausted: z.boolean() }).transform(({ exhausted }) => (exhausted ? "exhausted" : "out")),
]);

/** The exit that a step takes that ends with an output; nothing when the output does not tell. */
export function portOfOutput({ type, config }: Pick<PlanNode, "type" | "config">, output: Json): string | undefined {
	const ports = definitionOf(type)?.ports(config) ?? [];
	if (ports.length === 1) return ports[0];
	const taken = takenSchema.safeParse(output);
	return ports.find((port) => port === taken.data);
}
