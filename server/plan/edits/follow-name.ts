import type { NodeId, Plan, PlanNode } from "../plan";
import { newId, slugOf, stemOf } from "./new-id";
import { type Definitions, definitionIn } from "./plan-edit";
import { renameNodeId } from "./rename-node-id";

interface Naming {
	id: NodeId;
	/** How the step was called before. */
	before: string;
}

/**
 * The id of a step that was given another name. An id that nobody has edited, because it is made of the name before or of
 * the type, is made of the new name; any other stays.
 */
export function idOfName(plan: Plan, { id, before }: Naming, definitions: Definitions): NodeId {
	const node = plan.nodes.find((each) => each.id === id);
	if (!node || node.name === before || slugOf(node.name) === "") return id;
	if (!isMadeOf(node, before, definitions) || isMade(id, node.name)) return id;
	return newId(node.name, new Set(plan.nodes.map((each) => each.id)));
}

/** Lets the id of a step follow its name, and every reference to it the id. */
export function followName(plan: Plan, naming: Naming, definitions: Definitions): Plan {
	return renameNodeId(plan, { from: naming.id, to: idOfName(plan, naming, definitions) }, definitions);
}

function isMadeOf({ id, type }: PlanNode, before: string, definitions: Definitions): boolean {
	return [before, type, definitionIn(definitions, type)?.title ?? type].some((text) => isMade(id, text));
}

/** Whether an id is the one of a text, with or without a number behind it. */
function isMade(id: NodeId, text: string): boolean {
	return stemOf(id) === stemOf(slugOf(text) || "step");
}
