import { definitionOf } from "@/server/nodes/catalog";
import type { Outcome } from "@/server/plan/body-walk";
import type { Activity } from "./activity";
import { walkForEach } from "./containers/walk-for-each";
import { walkLoop } from "./containers/walk-loop";
import type { StepPlace } from "./run-facts";
import { BodyEnded, RunPaused, RunStopped } from "./run-signals";
import { executeStep } from "./step/execute-step";
import { pinnedEnd, replayPinned } from "./step/replay-pinned";
import type { StepAnswer, StepCall } from "./step/with-claim";
import { suspendStep } from "./waiting/suspend-step";
import { wakeStep } from "./waiting/wake-step";
import type { Walk } from "./walk-body";

/** A node to walk, in the body it stands in. */
export interface NodeVisit extends StepPlace {
	begins?: StepCall["begins"];
	activity: Activity;
}

/** Walks one node to its end. Throws `RunStopped` when the run has ended from outside, `RunPaused` when it is paused. */
export async function walkNode(walk: Walk, visit: NodeVisit): Promise<Outcome> {
	const node = walk.facts.index.nodes.get(visit.nodeId)?.node;
	const pinned = node && pinnedEnd(walk.facts, node);
	if (pinned) return toOutcome(await doStep(walk, visit, (call) => replayPinned(walk.world, call, pinned)));
	const kind = definitionOf(node?.type ?? "")?.kind;
	if (kind === "container") return node?.type === "for-each" ? walkForEach(walk, visit) : walkLoop(walk, visit);
	return kind === "wait" ? walkWait(walk, visit) : walkStep(walk, visit);
}

async function walkStep(walk: Walk, visit: NodeVisit): Promise<Outcome> {
	return toOutcome(await doStep(walk, visit, (call) => executeStep(walk.world, call)));
}

async function walkWait(walk: Walk, visit: NodeVisit): Promise<Outcome> {
	const isApproval = walk.facts.index.nodes.get(visit.nodeId)?.node.type === "approval";
	let isOver = walk.records.isDecided(visit);
	let answer = await doStep(walk, visit, (call) => suspendStep(walk.world, call));
	while (answer.status === "waiting") {
		const { until } = answer;
		if (!isOver && (until === null || until > Date.now())) {
			await suspended(visit.activity, () =>
				isApproval ? walk.waits.untilDecision(until) : walk.waits.sleepUntil(until ?? 0),
			);
		}
		isOver = false;
		answer = await doStep(walk, visit, (call) => wakeStep(walk.world, call));
	}
	return toOutcome(answer);
}

/** Does what the walk wants done until it has an answer that the walk can go on with: waits out retries. */
export async function doStep(
	walk: Walk,
	visit: StepPlace & Partial<Pick<NodeVisit, "begins" | "activity">>,
	effect: (call: StepCall) => Promise<StepAnswer>,
): Promise<StepAnswer> {
	const { world, facts, records, buffer } = walk;
	for (;;) {
		if (world.signals.isDraining) await suspended(visit.activity, () => walk.waits.handOver());
		const answer = await effect({ ...visit, facts, records, buffer });
		switch (answer.status) {
			case "stopped":
				throw new RunStopped();
			case "paused":
				throw new RunPaused();
			case "retry":
				await suspended(visit.activity, () => walk.waits.sleepUntil(answer.at));
				break;
			default:
				return answer;
		}
	}
}

/** Waits for something that is nobody's work. What waited in a body that has ended meanwhile does not go on. */
async function suspended(activity: Activity | undefined, wait: () => Promise<unknown>): Promise<void> {
	activity?.suspend();
	await wait();
	if (activity?.isClosed) throw new BodyEnded();
	activity?.resume();
}

export function toOutcome(answer: StepAnswer): Outcome {
	return answer.status === "completed" ? { status: "completed", port: answer.port } : { status: "failed" };
}
