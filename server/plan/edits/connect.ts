import type { Edge, Plan } from "../plan";
import { type EdgeKey, edgeKey } from "./edge-key";
import { explainRefusal } from "./explain-refusal";
import type { Definitions } from "./plan-edit";

/** Draws a connection. One that `explainRefusal` refuses leaves the plan as it is. */
export function connect(plan: Plan, edge: Edge, definitions: Definitions): Plan {
	if (explainRefusal(plan, edge, definitions)) return plan;
	const { from, port, to } = edge;
	return { ...plan, edges: [...plan.edges, { from, port, to }] };
}

/** Takes one end of a connection elsewhere. It keeps its place; where the new one is refused the old one stays. */
export function reconnect(plan: Plan, { edge, to }: { edge: EdgeKey; to: Edge }, definitions: Definitions): Plan {
	const at = plan.edges.findIndex((each) => edgeKey(each) === edge);
	if (at < 0 || edgeKey(to) === edge) return plan;
	const without = disconnect(plan, [edge]);
	const after = connect(without, to, definitions);
	const added = after === without ? undefined : after.edges.at(-1);
	return added ? { ...plan, edges: plan.edges.toSpliced(at, 1, added) } : plan;
}

export function disconnect(plan: Plan, edges: readonly EdgeKey[]): Plan {
	const gone = new Set(edges);
	const kept = plan.edges.filter((edge) => !gone.has(edgeKey(edge)));
	return kept.length === plan.edges.length ? plan : { ...plan, edges: kept };
}
