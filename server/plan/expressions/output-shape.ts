import { z } from "zod";
import type { Guards } from "../graph/branch-guards";
import type { NodeDefinition } from "../node-definition";
import type { NodeId, PlanNode } from "../plan";
import type { JsonObject } from "../values/json";

/** How a step has ended where its output is read, as far as the branches taken tell. */
export type StepEnd = "completed" | "failed" | "either";

/** @param around the nodes whose guards hold at the place: the one that reads, and the containers around it */
export function endOf(target: PlanNode, guards: ReadonlyMap<NodeId, Guards>, around: readonly PlanNode[]): StepEnd {
	if (target.onFailure === "stop") return "completed";
	if (target.onFailure === "continue") return "either";
	const ports = around.flatMap(({ id }) => [...(guards.get(id)?.values() ?? [])]).filter(({ node }) => node === target);
	const [taken] = ports;
	if (!taken) return "either";
	return taken.port === "error" ? "failed" : "completed";
}

/** What the output of a step may hold there, as its config says it. */
export function outputShape(node: PlanNode, definition: NodeDefinition, end: StepEnd): z.core.$ZodType {
	if (end === "completed") return completedShape(node.config, definition);
	const failed = failedShape(definition);
	return end === "failed" ? failed : z.union([failed, completedShape(node.config, definition)]);
}

const completed = new WeakMap<JsonObject, { definition: NodeDefinition; shape: z.ZodType }>();

/** Plans are values: the shape of a config that is the same object is the same. */
function completedShape(config: JsonObject, definition: NodeDefinition): z.ZodType {
	if (!definition.outputOf) return definition.output;
	const known = completed.get(config);
	if (known?.definition === definition) return known.shape;
	const shape = definition.outputOf(config);
	completed.set(config, { definition, shape });
	return shape;
}

const errorShape = z
	.object({
		message: z.string().meta({ label: "What went wrong" }),
		code: z.string().optional().meta({ label: "Kind of failure, such as timeout" }),
		detail: z.string().optional().meta({ label: "More about it, such as the last lines that a command printed" }),
	})
	.meta({ label: "Error" });

const failed = new WeakMap<NodeDefinition, z.ZodObject>();

function failedShape(definition: NodeDefinition): z.ZodObject {
	const shape = failed.get(definition) ?? z.object({ error: errorShape, ...definition.leftByFailure?.shape });
	failed.set(definition, shape);
	return shape;
}
