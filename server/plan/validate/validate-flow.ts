import { bodyOf, type GraphNode } from "../graph/index-plan";
import type { PlanOrder } from "../graph/plan-order";
import { type PlanView, quote } from "../graph/plan-view";
import type { Issue } from "../issue";
import type { PlanNode } from "../plan";

/** Cycles, named by the nodes that make them. */
export function checkCycles({ cycles }: PlanOrder): Issue[] {
	return cycles.map((cycle) => {
		const names = cycle.slice(0, MAX_NAMED).map(({ node }) => quote(node.name));
		const chain = [...names, ...(cycle.length > MAX_NAMED ? ["…"] : []), names[0]].join(" → ");
		const message = `${chain} form a cycle. Remove one of these connections, or use a loop.`;
		return { severity: "error", nodeId: cycle[0]?.node.id, field: "edges", code: "cycle", message };
	});
}

const MAX_NAMED = 10;

/** Nodes that can never run, and nodes that nothing is connected to. */
export function checkReach(view: PlanView, order: PlanOrder): Issue[] {
	const reached = new Set<string>();
	const issues: Issue[] = [];
	for (const entry of order.sorted) {
		if (isReached(view, reached, entry)) reached.add(entry.node.id);
		else
			issues.push(
				warn(entry.node, "unreachable", "can never run: nothing leads to it. Connect it to an exit that can be taken."),
			);
		if (isAlone(view, entry))
			issues.push(
				warn(
					entry.node,
					"unconnected",
					`waits for no step: it starts with ${entry.parent === "" ? "the run" : "each iteration"}. Connect it if it should wait.`,
				),
			);
	}
	return issues;
}

function isReached(view: PlanView, reached: ReadonlySet<string>, { incoming }: GraphNode): boolean {
	if (incoming.length === 0) return true;
	return incoming.some(({ from, port }) => {
		const source = view.index.nodes.get(from)?.node;
		if (!source || !reached.has(from)) return false;
		return source.disabled ? port === "out" : !view.definitionOf(source) || view.portsOf(source).includes(port);
	});
}

function isAlone(view: PlanView, { node, parent, incoming, outgoing }: GraphNode): boolean {
	return incoming.length === 0 && outgoing.length === 0 && !node.disabled && bodyOf(view.index, parent).length > 1;
}

function warn(node: PlanNode, code: string, text: string): Issue {
	return { severity: "warning", nodeId: node.id, code, message: `${quote(node.name)} ${text}` };
}
