import { definitionOf } from "@/server/nodes/catalog";
import { enclosingContainers } from "@/server/plan/graph/index-plan";
import { readProgress } from "../containers/container-progress";
import { outerIteration } from "../iteration-path";
import type { RunContext, StepPlace } from "../run-context";
import type { StepServices } from "../step-services";

/**
 * The name of the workspace that a step works in: that of its item in the nearest container whose items have their own.
 * Undefined if it works in the run's own workspace.
 */
export async function itemWorkspace(
	services: StepServices,
	run: RunContext,
	at: StepPlace,
): Promise<string | undefined> {
	const containers = enclosingContainers(run.index, at.nodeId);
	for (const [index, { id, type, config }] of containers.entries()) {
		const body = definitionOf(type)?.body;
		if (body?.runs !== "items" || !body.mayOwnWorkspace?.(config)) continue;
		const depth = containers.length - 1 - index;
		const place = { nodeId: id, iteration: outerIteration(at.iteration, depth) };
		const { workspace } = await readProgress(services, run.id, place);
		if (workspace === "own") return `${id}-${outerIteration(at.iteration, depth + 1)}`;
	}
	return undefined;
}
