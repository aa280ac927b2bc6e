import { type NodeId, nodeIdSchema, type Plan } from "../plan";
import type { Definitions, Refusal } from "./plan-edit";
import { renameNode } from "./rename-node";

interface Renaming {
	from: NodeId;
	to: NodeId;
}

/** Why a step cannot get another id; nothing when it can. */
export function explainRename(plan: Plan, { from, to }: Renaming): Refusal | undefined {
	if (from === to) return undefined;
	const { error } = nodeIdSchema.safeParse(to);
	if (error) return { title: "Not an id", detail: `${error.issues[0]?.message ?? "Choose another id"}.` };
	const other = plan.nodes.find(({ id }) => id === to);
	return other && { title: "This id is taken", detail: `“${other.name}” has the id ${to}. Choose another one.` };
}

/** Gives a step another id; connections, its body and every reference follow. A refused one changes nothing. */
export function renameNodeId(plan: Plan, renaming: Renaming, definitions: Definitions): Plan {
	const { from, to } = renaming;
	if (from === to || explainRename(plan, renaming) || !plan.nodes.some(({ id }) => id === from)) return plan;
	return renameNode(plan, renaming, definitions);
}
