import { definitionOf } from "@/server/nodes/catalog";
import type { Outcome } from "@/server/plan/graph/body-walk";
import { walkForEach } from "./containers/walk-for-each";
import { walkLoop } from "./containers/walk-loop";
import { doStep, suspended, toOutcome } from "./do-step";
import { executeStep } from "./step/execute-step";
import { pinnedEnd, replayPinned } from "./step/replay-pinned";
import { suspendStep } from "./waiting/suspend-step";
import { wakeStep } from "./waiting/wake-step";
import type { NodeVisit, Walk } from "./walk";

/** Walks one node to its end. Throws `RunStopped` when the run has ended from outside, `RunPaused` when it is paused. */
export async function walkNode(walk: Walk, visit: NodeVisit): Promise<Outcome> {
	const node = walk.run.index.nodes.get(visit.nodeId)?.node;
	const pinned = node && pinnedEnd(walk.run, node);
	if (pinned) return toOutcome(await doStep(walk, visit, (call) => replayPinned(walk.services, call, pinned)));
	const kind = definitionOf(node?.type ?? "")?.kind;
	if (kind === "container") return node?.type === "for-each" ? walkForEach(walk, visit) : walkLoop(walk, visit);
	return kind === "wait" ? walkWait(walk, visit) : walkStep(walk, visit);
}

async function walkStep(walk: Walk, visit: NodeVisit): Promise<Outcome> {
	return toOutcome(await doStep(walk, visit, (call) => executeStep(walk.services, call)));
}

async function walkWait(walk: Walk, visit: NodeVisit): Promise<Outcome> {
	const isApproval = walk.run.index.nodes.get(visit.nodeId)?.node.type === "approval";
	let isOver = walk.records.isDecided(visit);
	let answer = await doStep(walk, visit, (call) => suspendStep(walk.services, call));
	while (answer.status === "waiting") {
		const { until } = answer;
		if (!isOver && (until === null || until > Date.now())) {
			await suspended(visit.counter, () =>
				isApproval ? walk.waits.untilDecision(until) : walk.waits.sleepUntil(until ?? 0),
			);
		}
		isOver = false;
		answer = await doStep(walk, visit, (call) => wakeStep(walk.services, call));
	}
	return toOutcome(answer);
}
