import { executorOf, type WaitExecutor } from "@/server/nodes/executors";
import type { Outcome } from "@/server/plan/graph/body-walk";
import { walkItems } from "./containers/walk-items";
import { walkRounds } from "./containers/walk-rounds";
import { doStep, suspended, toOutcome } from "./do-step";
import { executeStep } from "./step/execute-step";
import { pinnedEnd, replayPinned } from "./step/replay-pinned";
import { resumeStep } from "./waiting/resume-step";
import { suspendStep } from "./waiting/suspend-step";
import { wakeStep } from "./waiting/wake-step";
import type { NodeVisit, Walk } from "./walk";

/** Walks one node to its end. Throws `RunStopped` when the run has ended from outside, `RunPaused` when it is paused. */
export async function walkNode(walk: Walk, visit: NodeVisit): Promise<Outcome> {
	const node = walk.run.index.nodes.get(visit.nodeId)?.node;
	const pinned = node && pinnedEnd(walk.run, node);
	if (pinned) return toOutcome(await doStep(walk, visit, (call) => replayPinned(walk.services, call, pinned)));
	const executor = executorOf(node?.type ?? "");
	switch (executor?.kind) {
		case "container":
			return executor.runs === "items" ? walkItems(walk, visit, executor) : walkRounds(walk, visit, executor);
		case "wait":
			return walkWait(walk, visit, executor);
		default:
			return walkStep(walk, visit);
	}
}

async function walkStep(walk: Walk, visit: NodeVisit): Promise<Outcome> {
	let isAnswered = walk.records.isAnswered(visit);
	let answer = await doStep(walk, visit, (call) => executeStep(walk.services, call));
	while (answer.status === "waiting") {
		const { until } = answer;
		if (!isAnswered && (until === null || until > Date.now()))
			await suspended(visit.counter, () => walk.waits.untilAnswer(until));
		isAnswered = false;
		answer = await doStep(walk, visit, (call) => resumeStep(walk.services, call));
	}
	return toOutcome(answer);
}

async function walkWait(walk: Walk, visit: NodeVisit, executor: WaitExecutor): Promise<Outcome> {
	let isOver = walk.records.isAnswered(visit);
	let answer = await doStep(walk, visit, (call) => suspendStep(walk.services, call, executor));
	while (answer.status === "waiting") {
		const { until } = answer;
		if (!isOver && (until === null || until > Date.now())) {
			await suspended(visit.counter, () =>
				executor.endsBy === "answer" ? walk.waits.untilAnswer(until) : walk.waits.sleepUntil(until ?? 0),
			);
		}
		isOver = false;
		answer = await doStep(walk, visit, (call) => wakeStep(walk.services, call, executor));
	}
	return toOutcome(answer);
}
