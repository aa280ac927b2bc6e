import { quote } from "../graph/plan-view";
import { portsOfNode } from "../graph/ports-of-node";
import type { NodeDefinition } from "../node-definition";
import type { Edge, NodeId, Plan, PlanNode, PortName } from "../plan";
import { nameContainers } from "../validate/name-containers";
import type { JsonObject } from "../values/json";
import { childSchema, kindOfSchema } from "../values/schema-tree";
import { edgeKey } from "./edge-key";
import { type Definitions, definitionIn, type Refusal } from "./plan-edit";

interface Replacing {
	id: NodeId;
	/** The type that the step gets. */
	type: string;
}

/** Why a step cannot become one of another type; nothing when it can. */
export function explainReplacement(plan: Plan, { id, type }: Replacing, definitions: Definitions): Refusal | undefined {
	const node = plan.nodes.find((each) => each.id === id);
	const definition = definitionIn(definitions, type);
	if (!node) return { title: "This step no longer exists", detail: `There is no step with the id ${id}.` };
	if (!definition) return { title: "Unknown type", detail: `There is no type of step called ${type}.` };
	const inside = plan.nodes.filter(({ parent }) => parent === id);
	if (definition.kind === "container" || inside.length === 0) return undefined;
	return {
		title: "It has steps inside",
		detail: `Only ${nameContainers(definitions)} can hold them. Move them out of ${quote(node.name)} first.`,
	};
}

/**
 * Makes a step one of another type. It stays where it is under its id and name, with the fields that the new type has
 * too and the connections of exits that it has too; what left by the main exit leaves by the new main exit.
 */
export function replaceNodeType(plan: Plan, replacing: Replacing, definitions: Definitions): Plan {
	const { id, type } = replacing;
	const old = plan.nodes.find((each) => each.id === id);
	const definition = definitionIn(definitions, type);
	if (!old || !definition || old.type === type || explainReplacement(plan, replacing, definitions)) return plan;
	const before = definitionIn(definitions, old.type);
	const node = makeReplacement(old, before, definition);
	const exits = { old: portsOfNode(old, before), now: portsOfNode(node, definition) };
	return {
		...plan,
		nodes: plan.nodes.map((each) => (each === old ? node : each)),
		edges: carryEdges(plan.edges, id, exits),
	};
}

/** How a failure is met stays where it means something. */
function makeReplacement(old: PlanNode, before: NodeDefinition | undefined, definition: NodeDefinition): PlanNode {
	const { retry, timeoutSeconds, onFailure, ...rest } = old;
	const config = before ? keepFields(old.config, before, definition) : old.config;
	const canFail = definition.canFail(config);
	const isTried = canFail && definition.kind === "step";
	return {
		...rest,
		type: definition.type,
		config,
		onFailure: canFail ? onFailure : "stop",
		...(isTried && retry && { retry }),
		...(isTried && timeoutSeconds !== undefined && { timeoutSeconds }),
	};
}

function keepFields(config: JsonObject, before: NodeDefinition, after: NodeDefinition): JsonObject {
	const isKept = (name: string) => {
		const [old, now] = [childSchema(before.config, name), childSchema(after.config, name)];
		return old !== undefined && now !== undefined && kindOfSchema(old) === kindOfSchema(now);
	};
	return Object.fromEntries(Object.entries(config).filter(([name]) => isKept(name)));
}

interface Exits {
	old: readonly PortName[];
	now: readonly PortName[];
}

function carryEdges(edges: readonly Edge[], id: NodeId, { old, now }: Exits): Edge[] {
	const carried = edges.flatMap((edge) => {
		if (edge.from !== id || now.includes(edge.port)) return [edge];
		const [main] = now;
		return edge.port === old[0] && main !== undefined ? [{ ...edge, port: main }] : [];
	});
	return [...new Map(carried.map((edge) => [edgeKey(edge), edge])).values()];
}
