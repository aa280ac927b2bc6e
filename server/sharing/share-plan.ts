import { definitionOf } from "@/server/nodes/catalog";
import type { Plan, PlanNode } from "@/server/plan/plan";
import type { ShareFilter } from "./share-filter";

/** What a link sends of a plan: what is drawn of it and, if it shows them, the settings of its steps. */
export function sharePlan(plan: Plan, filter: ShareFilter): Plan {
	const nodes = plan.nodes.map((node) => shareNode(node, filter));
	const { settings, triggers } = plan;
	if (!filter.shows.settings) {
		const kinds = triggers.map(({ type }) => ({ type }));
		return {
			...plan,
			nodes,
			inputs: [],
			notes: [],
			triggers: kinds,
			settings: { timeoutSeconds: settings.timeoutSeconds },
		};
	}
	return {
		...plan,
		nodes,
		inputs: plan.inputs.map((field) => filter.plan(field)),
		notes: plan.notes.map((note) => ({ ...note, text: filter.plan(note.text) })),
	};
}

function shareNode(node: PlanNode, filter: ShareFilter): PlanNode {
	const name = filter.plan(node.name);
	if (filter.shows.settings) return { ...node, name, config: filter.plan(node.config) };
	return { ...node, name, config: definitionOf(node.type)?.outline?.(node.config) ?? {} };
}
