import { definitionOf } from "@/server/nodes/catalog";
import type { Plan, PlanNode } from "@/server/plan/plan";
import type { ShareFilter } from "./share-filter";

/** What a link sends of a plan: what is drawn of it and, if it shows them, the settings of its steps. */
export function sharePlan(plan: Plan, filter: ShareFilter): Plan {
	const nodes = plan.nodes.map((node) => shareNode(node, filter));
	const { settings, triggers } = plan;
	// What it may cost, and what it waits for, is the team's business.
	const shared = { ...plan, nodes, settings: { timeoutSeconds: settings.timeoutSeconds } };
	if (!filter.shows.settings) {
		return { ...shared, inputs: [], notes: [], triggers: triggers.map(({ type }) => ({ type })) };
	}
	return {
		...shared,
		inputs: plan.inputs.map((field) => filter.plan(field)),
		notes: plan.notes.map((note) => ({ ...note, text: filter.plan(note.text) })),
	};
}

function shareNode(node: PlanNode, filter: ShareFilter): PlanNode {
	const name = filter.plan(node.name);
	if (filter.shows.settings) return { ...node, name, config: filter.plan(withoutApprovers(node)) };
	return { ...node, name, config: definitionOf(node.type)?.outline?.(node.config) ?? {} };
}

/** Those who may decide are people of the team, who mean nothing elsewhere. */
function withoutApprovers({ config }: PlanNode): PlanNode["config"] {
	return Object.hasOwn(config, "approvers") ? { ...config, approvers: [] } : config;
}
