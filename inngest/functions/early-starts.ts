import type { PlanIndex } from "@/server/plan/graph/index-plan";
import type { RunEvent } from "@/server/runs/events";
import { stepKey } from "@/server/runs/state";

/** For tests: starts of steps that were logged before the skip of a step that they wait for. */
export function findEarlyStarts(index: PlanIndex, events: readonly RunEvent[]): string[] {
	const skips = new Map<string, number>();
	for (const { type, nodeId, iteration, seq } of events)
		if (type === "step.skipped") skips.set(stepKey(nodeId ?? "", iteration), seq);
	return events.flatMap((event) => {
		const graph = event.type === "step.started" ? index.nodes.get(event.nodeId ?? "") : undefined;
		if (graph?.node.join !== "all") return [];
		const late = graph.incoming.filter(({ from }) => (skips.get(stepKey(from, event.iteration)) ?? 0) > event.seq);
		return late.map(({ from }) => `${from} before ${event.nodeId}`);
	});
}
