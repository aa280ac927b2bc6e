import { portsOfNode } from "../graph/ports-of-node";
import { type NodeId, PLAN_LIMITS, type Plan, type PlanNode, type PortName, type Position } from "../plan";
import type { JsonObject } from "../values/json";
import { roundPosition } from "./change-nodes";
import { connect } from "./connect";
import { type EdgeKey, edgeKey } from "./edge-key";
import { explainParent } from "./explain-parent";
import { newId, newName } from "./new-id";
import { type Definitions, definitionIn, type Refusal } from "./plan-edit";

/** A step to add. Its name is made from its type, and its id from its name or type, unless they are given. */
export interface NewNode {
	type: string;
	/** Counted from the corner of its container when it has one. */
	position: Position;
	parent?: NodeId | undefined;
	id?: NodeId | undefined;
	name?: string | undefined;
	config?: JsonObject | undefined;
}

/** Why a step cannot be added; nothing when it can. */
export function explainAddition(
	plan: Plan,
	{ type, parent }: Pick<NewNode, "type" | "parent">,
	definitions: Definitions,
): Refusal | undefined {
	if (plan.nodes.length >= PLAN_LIMITS.nodes) return TOO_MANY;
	if (!definitionIn(definitions, type))
		return { title: "Unknown type", detail: `There is no type of step called ${type}. Choose another one.` };
	return explainParent(plan, { ids: [], parent }, definitions);
}

/** Puts a new step on the canvas or into a container. A refused one leaves the plan as it is. */
export function addNode(plan: Plan, node: NewNode, definitions: Definitions): Plan {
	if (explainAddition(plan, node, definitions)) return plan;
	return { ...plan, nodes: [...plan.nodes, makeNode(plan, node, definitions)] };
}

/** Puts a new step behind an exit of another one, in the same container, and connects the two. */
export function addConnectedNode(
	plan: Plan,
	{ from, port, node }: { from: NodeId; port: PortName; node: Omit<NewNode, "parent"> },
	definitions: Definitions,
): Plan {
	const source = plan.nodes.find(({ id }) => id === from);
	if (!source) return plan;
	const { added, after } = addOne(plan, { ...node, parent: source.parent }, definitions);
	if (!added) return plan;
	const connected = connect(after, { from, port, to: added.id }, definitions);
	return connected === after ? plan : connected;
}

/** Puts a new step into the middle of a connection: what came from the first step now passes through the new one. */
export function insertNodeOnEdge(
	plan: Plan,
	{ edge, node }: { edge: EdgeKey; node: Omit<NewNode, "parent"> },
	definitions: Definitions,
): Plan {
	const at = plan.edges.findIndex((each) => edgeKey(each) === edge);
	const old = plan.edges[at];
	const source = plan.nodes.find(({ id }) => id === old?.from);
	if (!old || !source) return plan;
	const { added, after } = addOne(plan, { ...node, parent: source.parent }, definitions);
	if (!added || plan.edges.length >= PLAN_LIMITS.edges) return plan;
	const [port = "out"] = portsOfNode(added, definitionIn(definitions, added.type));
	const parts = [
		{ ...old, to: added.id },
		{ from: added.id, port, to: old.to },
	];
	return { ...after, edges: plan.edges.toSpliced(at, 1, ...parts) };
}

function addOne(plan: Plan, node: NewNode, definitions: Definitions): { after: Plan; added: PlanNode | undefined } {
	const after = addNode(plan, node, definitions);
	return { after, added: after === plan ? undefined : after.nodes.at(-1) };
}

function makeNode(plan: Plan, node: NewNode, definitions: Definitions): PlanNode {
	const { type, parent, id, name, config = {}, position } = node;
	const title = name ?? newName(definitionIn(definitions, type)?.title ?? type, new Set(plan.nodes.map((n) => n.name)));
	return {
		id: newId(id ?? name ?? type, new Set(plan.nodes.map((n) => n.id))),
		type,
		name: title.slice(0, 120),
		config,
		onFailure: "stop",
		...(parent !== undefined && { parent }),
		join: "all",
		position: roundPosition(position),
	};
}

const TOO_MANY: Refusal = {
	title: "Too many steps",
	detail: `A workflow holds at most ${PLAN_LIMITS.nodes} steps. Split it into several.`,
};
