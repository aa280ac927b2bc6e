import { indexPlan } from "@/server/plan/graph/index-plan";
import type { NodeId, Plan } from "@/server/plan/plan";
import { collapseContainers, type VisibleGraph } from "./collapse-containers";
import { type DrawnEdge, drawEdges } from "./drawn-edges";
import { layOutPlan, type PlanLayout } from "./lay-out-plan";
import { type FlowElements, toFlow } from "./to-flow";

/** Everything about a plan's drawing that does not change while it runs. */
export interface Drawing {
	graph: VisibleGraph;
	layout: PlanLayout;
	edges: DrawnEdge[];
	flow: FlowElements;
}

/** @param collapsed containers to be drawn closed. */
export function drawPlan(plan: Plan, collapsed: ReadonlySet<NodeId> = new Set()): Drawing {
	return drawGraph(collapseContainers(indexPlan(plan), collapsed));
}

export function drawGraph(graph: VisibleGraph): Drawing {
	const layout = layOutPlan(graph);
	const edges = drawEdges(graph, layout);
	return { graph, layout, edges, flow: toFlow(layout, edges, graph.plan) };
}
