import { indexPlan } from "@/server/plan/graph/index-plan";
import type { NodeId, Plan } from "@/server/plan/plan";
import { collapseContainers, type VisibleGraph } from "./collapse-containers";
import { drawStillGraph, type StillDrawing } from "./draw-still";
import { type FlowElements, toFlow } from "./to-flow";

/** Everything about a plan's drawing that does not change while it runs. */
export interface Drawing extends StillDrawing {
	flow: FlowElements;
}

/** @param collapsed containers to be drawn closed. */
export function drawPlan(plan: Plan, collapsed: ReadonlySet<NodeId> = new Set()): Drawing {
	return drawGraph(collapseContainers(indexPlan(plan), collapsed));
}

export function drawGraph(graph: VisibleGraph): Drawing {
	const still = drawStillGraph(graph);
	return { ...still, flow: toFlow(still.layout, still.edges, graph.plan) };
}
