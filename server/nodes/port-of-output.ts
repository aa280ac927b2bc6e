import type { PlanNode, PortName } from "../plan/plan";
import type { Json } from "../plan/values/json";
import { definitionOf } from "./catalog";

type Typed = Pick<PlanNode, "type" | "config">;

/** The port that is taken with an output; undefined when there are several and the output does not tell. */
export function portOfOutput({ type, config }: Typed, output: Json): PortName | undefined {
	const definition = definitionOf(type);
	const ports = definition?.ports(config) ?? [];
	if (ports.length === 1) return ports[0];
	const taken = definition?.portOf?.(output);
	return ports.find((port) => port === taken);
}

/** The port of a step that has ended, be it one of its config as stored or not; the main one where the output does not tell. */
export function portTaken({ type, config }: Typed, output: Json): PortName {
	const definition = definitionOf(type);
	return definition?.portOf?.(output) ?? definition?.ports(config)[0] ?? "out";
}
