import { definitionOf } from "@/server/nodes/catalog";
import { portsOfNode } from "@/server/plan/graph/ports-of-node";
import type { NodeCategory } from "@/server/plan/node-definition";
import type { PlanNode } from "@/server/plan/plan";

/** What the canvas shows of a node, taken from its type's definition and its config as written. */
export interface NodeLook {
	title: string;
	/** The name of its type, for captions. */
	type: string;
	icon: string;
	category: NodeCategory;
	summary: string;
	/** The main one first; with `error` when a failure takes a branch of its own. */
	ports: string[];
	container: boolean;
	/** A container drawn as a single node, its body hidden. */
	isCollapsed?: boolean;
	/** Containers: how their body runs, at the right of the header. */
	bodySummary?: string;
	disabled: boolean;
}

/** A draft may hold a type that this version does not know and a config that its type refuses: both still draw. */
export function describeNode(node: PlanNode, body: { container?: boolean; hidden?: number } = {}): NodeLook {
	const look = describeOpen(node, body.container);
	if (body.hidden === undefined) return look;
	const steps = `${body.hidden} ${body.hidden === 1 ? "step" : "steps"}`;
	return {
		...look,
		container: false,
		isCollapsed: true,
		summary: look.bodySummary ? `${steps}, ${look.bodySummary}` : steps,
	};
}

function describeOpen(node: PlanNode, container = false): NodeLook {
	const definition = definitionOf(node.type);
	const bodySummary = definition?.body?.summary(node.config);
	return {
		title: node.name,
		type: definition?.title ?? node.type,
		icon: definition?.icon ?? "box",
		category: definition?.category ?? "flow",
		summary: definition ? definition.summary(node.config) : `unknown type ${node.type}`,
		ports: portsOfNode(node, definition),
		container: container || definition?.kind === "container",
		disabled: node.disabled === true,
		...(bodySummary !== undefined && { bodySummary }),
	};
}
