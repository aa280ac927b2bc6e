import { indexPlan } from "@/server/plan/graph/index-plan";
import type { Plan } from "@/server/plan/plan";
import { collapseContainers, type VisibleGraph } from "./collapse-containers";
import { describeTrigger, type TriggerLook } from "./describe-trigger";
import { type DrawnEdge, drawEdges } from "./drawn-edges";
import { layOutPlan, type PlanLayout } from "./lay-out-plan";

/** A plan with the place of everything on it, without what React Flow wants: for pictures, on the server too. */
export interface StillDrawing {
	graph: VisibleGraph;
	layout: PlanLayout;
	edges: DrawnEdge[];
	triggers: TriggerLook[];
}

export function drawStill(plan: Plan): StillDrawing {
	return drawStillGraph(collapseContainers(indexPlan(plan), new Set()));
}

export function drawStillGraph(graph: VisibleGraph): StillDrawing {
	const layout = layOutPlan(graph);
	const { triggers, inputs } = graph.plan;
	return {
		...{ graph, layout, edges: drawEdges(graph, layout) },
		triggers: triggers.map((trigger) => describeTrigger(trigger, inputs.length)),
	};
}
