import type { NodeDefinition } from "../node-definition";
import type { PlanNode, PortName } from "../plan";

/** The exits of a node: those of its type, the main one first, and `error` when a failure branches. */
export function portsOfNode(node: PlanNode, definition: NodeDefinition | undefined): PortName[] {
	const ports = definition?.ports(node.config) ?? ["out"];
	return node.onFailure === "branch" && !ports.includes("error") ? [...ports, "error"] : ports;
}
