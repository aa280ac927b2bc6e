import type { NodeId, Plan } from "@/server/plan/plan";
import { layOutPlan, type PlanLayout } from "./lay-out-plan";
import { linkThreads, type PlanThread } from "./link-threads";
import { buildGraph, type PlanGraph } from "./plan-graph";
import { type FlowElements, toFlow } from "./to-flow";

/** Everything about a plan's drawing that does not change while it runs. */
export interface Drawing {
	graph: PlanGraph;
	layout: PlanLayout;
	threads: PlanThread[];
	flow: FlowElements;
}

/** @param shut containers to be drawn closed. */
export function drawPlan(plan: Plan, shut?: ReadonlySet<NodeId>): Drawing {
	const graph = buildGraph(plan, shut);
	const layout = layOutPlan(graph);
	const threads = linkThreads(graph, layout);
	return { graph, layout, threads, flow: toFlow(layout, threads, plan) };
}
