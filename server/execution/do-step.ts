import type { Outcome } from "@/server/plan/graph/body-walk";
import type { Activity } from "./activity";
import type { StepPlace } from "./run-context";
import { BodyEnded, RunPaused, RunStopped } from "./run-signals";
import type { StepAnswer, StepCall } from "./step/with-claim";
import type { NodeVisit, Walk } from "./walk";

/** Does what the walk wants done until it has an answer that the walk can go on with: waits out retries. */
export async function doStep(
	walk: Walk,
	visit: StepPlace & Partial<Pick<NodeVisit, "begins" | "activity">>,
	effect: (call: StepCall) => Promise<StepAnswer>,
): Promise<StepAnswer> {
	const { services, run, records, buffer } = walk;
	for (;;) {
		if (services.signals.isDraining) await suspended(visit.activity, () => walk.waits.handOver());
		const answer = await effect({ ...visit, run, records, buffer });
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
export async function suspended(activity: Activity | undefined, wait: () => Promise<unknown>): Promise<void> {
	activity?.suspend();
	await wait();
	if (activity?.isClosed) throw new BodyEnded();
	activity?.resume();
}

export function toOutcome(answer: StepAnswer): Outcome {
	return answer.status === "completed" ? { status: "completed", port: answer.port } : { status: "failed" };
}
