import { catalog, type NodeType } from "@/server/nodes/catalog";
import { explainAddition } from "@/server/plan/edits/add-node";
import { indexPlan, nameOfNode } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import type { EditorSession } from "../editor-session";
import { insertStep, type StepPlace } from "./insert-step";

/** Adds a step, selects it and says so; undefined when it cannot be added, which is said too. */
export function addStep(
	{ editor, state, announce }: EditorSession,
	place: StepPlace,
	{ type }: { type: NodeType },
): NodeId | undefined {
	const { drawing } = state.getState();
	const before = editor.getState().plan;
	const { title } = catalog[type];
	if (!editor.getState().apply(`Add ${title}`, insertStep(drawing, place, { type }), { select: "added" })) {
		const refusal = explainAddition(before, { type }, catalog);
		announce(refusal ? `${refusal.title}. ${refusal.detail}` : `${title} cannot be added here.`);
		return undefined;
	}
	const { plan } = editor.getState();
	const known = new Set(before.nodes.map(({ id }) => id));
	const graph = indexPlan(plan);
	const added = [...graph.nodes.values()].find(({ id }) => !known.has(id));
	if (!added) return undefined;
	const [from] = added.incoming;
	const around = added.parent === "" ? "" : ` in ${nameOfNode(graph, added.parent)}`;
	announce(`Added ${added.node.name}${from ? ` after ${nameOfNode(graph, from.from)}` : around}.`);
	return added.id;
}
