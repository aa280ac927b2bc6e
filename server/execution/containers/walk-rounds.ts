import type { RoundsExecutor } from "@/server/nodes/executors";
import type { Outcome } from "@/server/plan/graph/body-walk";
import { doStep, toOutcome } from "../do-step";
import { innerIteration } from "../iteration-path";
import type { NodeVisit, Walk } from "../walk";
import { checkRound, finishRounds } from "./check-round";
import { closeContainer } from "./close-container";
import { openContainer } from "./open-container";

/** Repeats a container's body until its condition is true, its iterations are used up, or a step in it fails. */
export async function walkRounds(walk: Walk, visit: NodeVisit, executor: RoundsExecutor): Promise<Outcome> {
	const opened = await doStep(walk, visit, (call) => openContainer(walk.services, call, executor));
	if (opened.status !== "open") return toOutcome(opened);
	const container = { nodeId: visit.nodeId, iteration: visit.iteration };
	let ran = 0;
	let problem: string | undefined;
	let reached = false;
	while (ran < opened.total && !reached && problem === undefined) {
		const index = ran++;
		const end = await walk.walkBody({
			parent: visit.nodeId,
			iteration: innerIteration(visit.iteration, index),
			begins: { container, index },
			around: visit.counter,
		});
		if (end === "failed") {
			problem = `Iteration ${ran} failed.`;
			break;
		}
		const checked = await doStep(walk, container, (call) => checkRound(walk.services, call, { index, executor }));
		if (checked.status !== "checked") return toOutcome(checked);
		reached = checked.stop;
		problem = checked.problem;
	}
	const closed = await doStep(walk, container, async (call) =>
		closeContainer(walk.services, call, await finishRounds(walk.services, call, { executor, ran, reached, problem })),
	);
	return toOutcome(closed);
}
