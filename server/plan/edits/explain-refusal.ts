import { enclosingContainers, indexPlan, type PlanIndex } from "../graph/index-plan";
import { quote } from "../graph/plan-view";
import { portsOfNode } from "../graph/ports-of-node";
import { type Edge, type NodeId, PLAN_LIMITS, type Plan, type PlanNode, type PortName } from "../plan";
import { edgeKey } from "./edge-key";
import { type Definitions, definitionIn, type Refusal } from "./plan-edit";

/** An exit that a connection is drawn from. */
export interface Exit {
	from: NodeId;
	port: PortName;
}

/** Why a connection cannot be made; nothing when it can. */
export function explainRefusal(plan: Plan, edge: Edge, definitions: Definitions): Refusal | undefined {
	return refusalsFrom(plan, edge, definitions)(edge.to);
}

/**
 * The same for one exit and any target: what leads to the exit is found once, so that each further answer is quick enough
 * to mark every handle of a large plan while an edge is dragged.
 */
export function refusalsFrom(plan: Plan, exit: Exit, definitions: Definitions): (to: NodeId) => Refusal | undefined {
	const index = indexPlan(plan);
	const source = index.nodes.get(exit.from)?.node;
	const before = source ? ancestorsOf(index, source) : new Set<NodeId>();
	const known = new Set(plan.edges.map(edgeKey));
	return (to) => {
		const target = index.nodes.get(to)?.node;
		if (!source || !target) return GONE;
		if (source === target) return ITSELF;
		if (source.parent !== target.parent) return explainBorder(index, source, target);
		if (known.has(edgeKey({ ...exit, to }))) return JOINED;
		if (before.has(to)) return explainCircle(source, target);
		return explainPort(source, exit.port, definitions) ?? (known.size >= PLAN_LIMITS.edges ? TOO_MANY : undefined);
	};
}

function ancestorsOf(index: PlanIndex, node: PlanNode): Set<NodeId> {
	const found = new Set<NodeId>();
	const open = [node.id];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		for (const { from } of index.nodes.get(id)?.incoming ?? []) {
			if (found.has(from)) continue;
			found.add(from);
			open.push(from);
		}
	}
	return found;
}

function explainBorder(index: PlanIndex, source: PlanNode, target: PlanNode): Refusal {
	const around = enclosingContainers(index, source.id);
	const leaves = around.find(
		({ id }) => id === target.id || !enclosingContainers(index, target.id).some((c) => c.id === id),
	);
	if (leaves)
		return {
			title: `Goes out of ${quote(leaves.name)}`,
			detail: "What it gives leaves at its right edge. Connect the container itself.",
		};
	const entered = enclosingContainers(index, target.id).findLast((container) => !around.includes(container));
	return {
		title: `Goes into ${quote(entered?.name ?? target.name)}`,
		detail: "Connect the container itself: its first steps start with it.",
	};
}

function explainCircle(source: PlanNode, target: PlanNode): Refusal {
	return {
		title: "This would create a cycle",
		detail: `${quote(target.name)} already comes before ${quote(source.name)}. To repeat steps, put them in a loop.`,
	};
}

function explainPort(source: PlanNode, port: PortName, definitions: Definitions): Refusal | undefined {
	const definition = definitionIn(definitions, source.type);
	const ports = portsOfNode(source, definition);
	if (!definition || ports.includes(port)) return undefined;
	return { title: "This port no longer exists", detail: `${quote(source.name)} has ${ports.join(", ")}.` };
}

const GONE: Refusal = { title: "This step no longer exists", detail: "Choose another one." };
const ITSELF: Refusal = {
	title: "A step cannot follow itself",
	detail: "To repeat it, put it in a loop.",
};
const JOINED: Refusal = { title: "These two are already connected", detail: "One connection is enough." };
const TOO_MANY: Refusal = {
	title: "Too many connections",
	detail: `A workflow holds at most ${PLAN_LIMITS.edges} connections. Split it into several.`,
};
