import { catalog, definitionOf } from "@/server/nodes/catalog";
import { type ConfigPath, setConfigField } from "@/server/plan/edits/set-config";
import { textsOf } from "@/server/plan/field-rules";
import type { Issue } from "@/server/plan/issue";
import type { Json } from "@/server/plan/json";
import type { Plan, PlanNode } from "@/server/plan/plan";
import { applySuggestion } from "../../inspector/references/fix-reference";

/** The plan with an issue's suggestion in its place; nothing when there is none to be made. */
export function fixIssue(plan: Plan, issue: Issue): Plan | undefined {
	const node = plan.nodes.find(({ id }) => id === issue.nodeId);
	if (!node || issue.suggestion === undefined) return undefined;
	if (issue.code === "unknown_type") return changeType(plan, node, issue.suggestion);
	return changeText(plan, node, issue);
}

function changeType(plan: Plan, node: PlanNode, type: string): Plan {
	return { ...plan, nodes: plan.nodes.map((other) => (other === node ? { ...node, type } : other)) };
}

function changeText(plan: Plan, node: PlanNode, issue: Issue): Plan | undefined {
	const definition = definitionOf(node.type);
	const texts = definition ? textsOf(node.config, definition) : [];
	for (const { field, path, text, kind } of texts) {
		const fixed = field === issue.field ? applySuggestion(text, kind, issue) : undefined;
		if (fixed === undefined) continue;
		return setConfigField(plan, { id: node.id, path: pathIn(node.config, path), value: fixed }, catalog);
	}
	return undefined;
}

/** A path of names as a path into these values: entries of lists are numbers. */
function pathIn(value: Json | undefined, [name, ...rest]: readonly string[]): ConfigPath {
	if (name === undefined) return [];
	if (Array.isArray(value)) return [Number(name), ...pathIn(value[Number(name)], rest)];
	const inner = typeof value === "object" && value !== null ? value[name] : undefined;
	return [name, ...pathIn(inner, rest)];
}
