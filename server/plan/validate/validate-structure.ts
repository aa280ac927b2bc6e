import { enclosingContainers } from "../graph/index-plan";
import { nameOf, type PlanView, quote } from "../graph/plan-view";
import type { Issue } from "../issue";
import { type Edge, PLAN_LIMITS, type PlanNode } from "../plan";

/** Ids, types and containers of the nodes. */
export function checkNodes(view: PlanView): Issue[] {
	const seen = new Set<string>();
	return view.plan.nodes.flatMap((node) => {
		const isRepeated = seen.has(node.id);
		seen.add(node.id);
		if (isRepeated)
			return [nodeIssue(node, "id", ["duplicate_id", `Two steps have the id ${node.id}. Give one another id.`])];
		return [
			...checkType(view, node),
			...checkParent(view, node),
			...checkFailure(view, node),
			...checkPatience(view, node),
		];
	});
}

/** Connections: where they begin, where they end, and twice the same. */
export function checkEdges(view: PlanView): Issue[] {
	const seen = new Set<string>();
	return view.plan.edges.flatMap((edge, index) => {
		const key = `${edge.from} ${edge.to} ${edge.port}`;
		const isRepeated = seen.has(key);
		seen.add(key);
		if (isRepeated) {
			const names = `${nameOf(view, edge.from)} and ${nameOf(view, edge.to)}`;
			return [
				edgeIssue(view, { edge, index }, [
					"duplicate_edge",
					`${names} are connected twice from ${edge.port}. Remove one connection.`,
				]),
			];
		}
		const problem = edgeProblem(view, edge);
		return problem ? [edgeIssue(view, { edge, index }, problem)] : [];
	});
}

function nodeIssue(node: PlanNode, field: string, [code, message]: Problem): Issue {
	return { severity: "error", nodeId: node.id, field, code, message };
}

function checkType(view: PlanView, node: PlanNode): Issue[] {
	const definition = view.definitionOf(node);
	if (!definition) {
		const suggestion = view.suggest(node.type, Object.keys(view.definitions));
		const message = `There is no type of step called ${node.type}. Choose another one.`;
		const issue = nodeIssue(node, "type", ["unknown_type", message]);
		return [suggestion === undefined ? issue : { ...issue, suggestion }];
	}
	if (definition.kind !== "container" || view.plan.nodes.some(({ parent }) => parent === node.id)) return [];
	const message = `${quote(node.name)} has no steps inside. Add one, or delete it.`;
	return [{ severity: "error", nodeId: node.id, code: "empty_container", message }];
}

/** Attempts and a time limit belong to what executes; a wait has a limit in its own settings. */
function checkPatience(view: PlanView, node: PlanNode): Issue[] {
	const kind = view.definitionOf(node)?.kind;
	if (kind === undefined || kind === "step") return [];
	const advice = kind === "container" ? "Set it on the steps inside." : "Remove it.";
	const fields = ["retry", "timeoutSeconds"] as const;
	const names = { retry: "attempts", timeoutSeconds: "time limit" };
	return fields.flatMap((field) => {
		if (node[field] === undefined) return [];
		const message = `${quote(node.name)} does not execute anything itself and has no ${names[field]} of its own. ${advice}`;
		return [nodeIssue(node, field, ["not_a_step", message])];
	});
}

function checkParent(view: PlanView, node: PlanNode): Issue[] {
	if (node.parent === undefined) return [];
	const issue = (code: string, message: string) => [nodeIssue(node, "parent", [code, message])];
	const { nodes } = view.index;
	const parent = nodes.get(node.parent)?.node;
	if (!parent)
		return issue("unknown_parent", `${quote(node.name)} is in ${node.parent}, which does not exist. Move it out.`);
	const definition = view.definitionOf(parent);
	if (definition && definition.kind !== "container")
		return issue(
			"parent_no_container",
			`${quote(node.name)} is in ${quote(parent.name)}, which cannot hold steps. Move it out.`,
		);
	if (nodes.get(node.id)?.parent !== parent.id)
		return issue("parent_cycle", `${quote(node.name)} is inside itself. Move it, or ${quote(parent.name)}, out.`);
	const containers = enclosingContainers(view.index, node.id);
	if (containers.length > PLAN_LIMITS.depth)
		return issue(
			"too_deep",
			`${quote(node.name)} is inside ${containers.length} containers; ${PLAN_LIMITS.depth} are allowed. Move it out.`,
		);
	return [];
}

function checkFailure(view: PlanView, node: PlanNode): Issue[] {
	if (node.onFailure !== "continue" || !view.definitionOf(node) || view.portsOf(node).includes("out")) return [];
	const message = `${quote(node.name)} has no port “out” to continue on after a failure. Let it stop or branch instead.`;
	return [nodeIssue(node, "onFailure", ["cannot_continue", message])];
}

type Problem = readonly [code: string, message: string];

function edgeProblem(view: PlanView, edge: Edge): Problem | undefined {
	const from = view.index.nodes.get(edge.from)?.node;
	const to = view.index.nodes.get(edge.to)?.node;
	if (!from || !to) {
		const missing = from ? edge.to : edge.from;
		return [
			"unknown_node",
			`A connection between ${edge.from} and ${edge.to} names ${missing}, which does not exist. Remove it.`,
		];
	}
	if (from === to)
		return ["self_edge", `${quote(from.name)} is connected to itself. Remove the connection, or use a loop.`];
	if (from.parent !== to.parent)
		return [
			"crosses_container",
			`The connection from ${quote(from.name)} to ${quote(to.name)} crosses the border of a container. Connect the container itself.`,
		];
	if (!view.definitionOf(from) || view.portsOf(from).includes(edge.port)) return undefined;
	const advice =
		edge.port === "error" ? "Let it branch on failure" : `Connect one of its ports (${view.portsOf(from).join(", ")})`;
	return ["unknown_port", `${quote(from.name)} has no port “${edge.port}”. ${advice}, or remove the connection.`];
}

/** At the node where the connection begins, or else where it ends, or else at the connection itself. */
function edgeIssue(view: PlanView, { edge, index }: { edge: Edge; index: number }, [code, message]: Problem): Issue {
	const nodeId = [edge.from, edge.to].find((id) => view.index.nodes.has(id));
	const field = nodeId === undefined ? `edges.${index}` : `edges.${edge.port}`;
	return { severity: "error", ...(nodeId !== undefined && { nodeId }), field, code, message };
}
