import type { Outcome } from "@/server/plan/graph/body-walk";
import type { StepPlace } from "./run-context";
import { BodyEnded, RunPaused, RunStopped } from "./run-signals";
import type { StepAnswer, StepCall } from "./step/with-claim";
import type { NodeVisit, Walk } from "./walk";
import type { WorkCounter } from "./work-counter";

/** Repeats an effect until its answer is final: waits between attempts. Throws `RunStopped` or `RunPaused`. */
export async function doStep(
	walk: Walk,
	visit: StepPlace & Partial<Pick<NodeVisit, "begins" | "counter">>,
	effect: (call: StepCall) => Promise<StepAnswer>,
): Promise<StepAnswer> {
	const { services, run, records, buffer } = walk;
	for (;;) {
		if (services.signals.isDraining) await suspended(visit.counter, () => walk.waits.handOver());
		const answer = await effect({ ...visit, run, records, buffer });
		switch (answer.status) {
			case "stopped":
				throw new RunStopped();
			case "paused":
				throw new RunPaused();
			case "retry":
				await suspended(visit.counter, () => walk.waits.sleepUntil(answer.at));
				break;
			default:
				return answer;
		}
	}
}

/** Counts the step as suspended while it waits. Throws `BodyEnded` if its body ended meanwhile. */
export async function suspended(counter: WorkCounter | undefined, wait: () => Promise<unknown>): Promise<void> {
	counter?.suspend();
	await wait();
	if (counter?.isClosed) throw new BodyEnded();
	counter?.resume();
}

export function toOutcome(answer: StepAnswer): Outcome {
	return answer.status === "completed" ? { status: "completed", port: answer.port } : { status: "failed" };
}
