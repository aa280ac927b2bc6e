import { definitionOf } from "@/server/nodes/catalog";
import type { Outcome } from "@/server/plan/body-walk";
import { stepKey } from "@/server/runs/state";
import type { Activity } from "./activity";
import { executeStep } from "./execute-step";
import { pinnedEnd, replayPinned } from "./replay-pinned";
import type { StepPlace } from "./run-memory";
import { BodyEnded, RunStopped } from "./run-signals";
import { suspendStep } from "./suspend-step";
import { wakeStep } from "./wake-step";
import type { Walk } from "./walk-body";
import { walkForEach } from "./walk-for-each";
import { walkLoop } from "./walk-loop";
import type { StepAnswer, StepCall } from "./with-claim";

/** A node to walk, in the body it stands in. */
export interface NodeVisit extends StepPlace {
	begins?: StepCall["begins"];
	activity: Activity;
}

/** Walks one node to its end. Throws `RunStopped` when the run has ended from outside. */
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

/** How long a wait without an end is registered with the engine at a time. */
const LONG_WAIT_MS = 7 * 86_400_000;

async function walkWait(walk: Walk, visit: NodeVisit): Promise<Outcome> {
	const id = stepKey(visit.nodeId, visit.iteration);
	let answer = await doStep(walk, visit, (call) => suspendStep(walk.world, call));
	const isApproval = walk.facts.index.nodes.get(visit.nodeId)?.node.type === "approval";
	for (let n = 0; answer.status === "waiting"; n++) {
		const { until } = answer;
		await suspended(visit.activity, async () => {
			if (!isApproval) return await walk.durable.sleepUntil(`${id}:until:${n}`, until ?? 0);
			await walk.durable.waitForEvent(`${id}:decision:${n}`, {
				name: "weft/approval.decided",
				runId: walk.facts.id,
				step: id,
				timeoutMs: until === null ? LONG_WAIT_MS : Math.max(0, until - Date.now()),
			});
		});
		const again = { ...visit, suffix: `:wake:${n}` };
		answer = await doStep(walk, again, (call) => wakeStep(walk.world, call));
	}
	return toOutcome(answer);
}

/** A run that was paused looks again after so long, in case its resuming was missed. */
const PAUSE_LOOKS_MS = [60_000, 600_000, 3_600_000, 86_400_000] as const;

/**
 * Does a durable step until it has an answer that the walk can go on with: waits out retries and pauses, each further try
 * under an id of its own.
 */
export async function doStep(
	walk: Walk,
	visit: StepPlace & Partial<Pick<NodeVisit, "begins" | "activity">> & { suffix?: string },
	effect: (call: StepCall) => Promise<StepAnswer>,
): Promise<StepAnswer> {
	const id = `${stepKey(visit.nodeId, visit.iteration)}${visit.suffix ?? ""}`;
	const call: StepCall = { ...visit, facts: walk.facts, skips: walk.skips };
	for (let n = 0; ; n++) {
		const stepId = n === 0 ? id : `${id}:again:${n}`;
		const answer = await walk.durable.run(stepId, () => effect(call));
		switch (answer.status) {
			case "stopped":
				throw new RunStopped();
			case "retry":
				await suspended(visit.activity, () => walk.durable.sleepUntil(`${id}:retry:${n}`, answer.at));
				break;
			case "paused":
				await walk.durable.waitForEvent(`${id}:resumed:${n}`, {
					name: "weft/run.resumed",
					runId: walk.facts.id,
					timeoutMs: PAUSE_LOOKS_MS[Math.min(n, 3)] ?? 86_400_000,
				});
				break;
			default:
				return answer;
		}
	}
}

/** Waits for something that is nobody's work. What waited in a body that has ended meanwhile does not go on. */
export async function suspended(activity: Activity | undefined, wait: () => Promise<unknown>): Promise<void> {
	activity?.suspend();
	await wait();
	if (activity?.isClosed) throw new BodyEnded();
	activity?.resume();
}

export function toOutcome(answer: StepAnswer): Outcome {
	return answer.status === "completed" ? { status: "completed", port: answer.port } : { status: "failed" };
}
