import type { NodeId, Plan } from "@/server/plan/plan";
import { type DrawnEdge, drawEdges } from "./drawn-edges";
import { layOutPlan, type PlanLayout } from "./lay-out-plan";
import { buildGraph, type PlanGraph } from "./plan-graph";
import { type FlowElements, toFlow } from "./to-flow";

/** Everything about a plan's drawing that does not change while it runs. */
export interface Drawing {
	graph: PlanGraph;
	layout: PlanLayout;
	edges: DrawnEdge[];
	flow: FlowElements;
}

/** @param collapsed containers to be drawn closed. */
export function drawPlan(plan: Plan, collapsed?: ReadonlySet<NodeId>): Drawing {
	const graph = buildGraph(plan, collapsed);
	const layout = layOutPlan(graph);
	const edges = drawEdges(graph, layout);
	return { graph, layout, edges, flow: toFlow(layout, edges, plan) };
}
