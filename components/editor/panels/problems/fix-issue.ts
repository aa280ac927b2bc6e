import { catalog, definitionOf } from "@/server/nodes/catalog";
import { connect } from "@/server/plan/edits/connect";
import { type ConfigPath, setConfigField } from "@/server/plan/edits/set-config";
import { textsOf } from "@/server/plan/expressions/field-rules";
import { enclosingContainers, indexPlan } from "@/server/plan/graph/index-plan";
import { portsOfNode } from "@/server/plan/graph/ports-of-node";
import type { Issue } from "@/server/plan/issue";
import type { Plan, PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import { applySuggestion } from "../../inspector/references/fix-reference";

/** A correction that is likely, and what the button says that makes it. */
export interface IssueFix {
	label: string;
	plan: Plan;
}

/** The correction of an issue; undefined when there is none to be made. */
export function findFix(plan: Plan, issue: Issue): IssueFix | undefined {
	const connected = issue.needs === undefined ? undefined : connectBefore(plan, issue);
	if (connected) return connected;
	const fixed = fixIssue(plan, issue);
	return fixed && { label: `Change to ${issue.suggestion}`, plan: fixed };
}

/** Connects the step that is read, or the container around the reader, so that it comes before. */
function connectBefore(plan: Plan, { nodeId, needs }: Issue): IssueFix | undefined {
	const graph = indexPlan(plan);
	const [source, reading] = [needs, nodeId].map((id = "") => graph.nodes.get(id)?.node);
	if (!source || !reading) return undefined;
	const around = [reading, ...enclosingContainers(graph, reading.id)];
	const reader = around.find(({ parent }) => parent === source.parent);
	if (!reader) return undefined;
	const [port = "out"] = portsOfNode(source, definitionOf(source.type));
	const connected = connect(plan, { from: source.id, port, to: reader.id }, catalog);
	return connected === plan ? undefined : { label: `Connect “${source.name}” before`, plan: connected };
}

function fixIssue(plan: Plan, issue: Issue): Plan | undefined {
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
