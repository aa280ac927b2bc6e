import { stepKey } from "@/server/runs/state";
import { type DurableByRecords, durableByRecords } from "./durable";
import { RunPaused, RunStopped } from "./run-signals";
import { recordSkips } from "./skips";
import { type Body, type BodyState, finishBegun, openBody, type Walk } from "./walk-body";
import { doStep, suspended } from "./walk-node";
import type { StepAnswer, StepCall } from "./with-claim";
import type { StepWorld } from "./world";

/**
 * Walks the nodes that are ready, and what follows them, inside one durable step. As steps of their own they would cost
 * the engine an entry of the function each, and on a server a wake-up; their records make each of them happen once all
 * the same, and none waits for another. Where all that is left waits, the engine waits, and enters the region again.
 */
export async function walkRegionInStep(walk: Walk, body: Body, state: BodyState): Promise<void> {
	const [nodeId = ""] = state.takeReady();
	const begins = state.takeBegins();
	const { activity } = state;
	activity.enter();
	for (let n = 0; ; n++) {
		const before = [...state.settled];
		const place = { nodeId, iteration: body.iteration, suffix: `:region:${n}` };
		const answer = await doStep(walk, place, (call) =>
			insideStep(walk.world, call, async (inner) => {
				const region = openBody(inner, { ...body, begins: n === 0 ? begins : undefined, around: undefined }, before);
				await region.runSideBySide("at once");
				if (region.verdict === "failed") await finishBegun(inner, body, region);
				return { status: "region", settled: region.settled.slice(before.length), ...wakeOf(inner, region) };
			}),
		);
		if (answer.status !== "region") throw new RunStopped();
		for (const [id, outcome] of answer.settled) state.settle(id, outcome);
		if (answer.until === undefined) break;
		const { until } = answer;
		const id = `${stepKey(nodeId, body.iteration)}:region:${n}:until`;
		await suspended(activity, () => walk.durable.sleepUntil(id, until));
	}
	activity.leave();
}

/** A body that has failed waits for nothing any more. */
function wakeOf(inner: InnerWalk, { verdict }: BodyState): { until?: number } {
	const until = verdict === "running" ? inner.durable.nextWake() : undefined;
	return until === undefined ? {} : { until };
}

/** A walk inside one durable step. */
export interface InnerWalk extends Walk {
	durable: DurableByRecords;
}

/** Why what is left of a walk inside a step begins nothing more: the step has its answer. */
class StepAnswered extends Error {
	override readonly name = "StepAnswered";
}

/** Walks something that waits for nobody inside the durable step that runs; a pause or the run's end is an answer. */
export async function insideStep(
	world: StepWorld,
	call: StepCall,
	work: (inner: InnerWalk) => Promise<StepAnswer>,
): Promise<StepAnswer> {
	const controller = world.signals.enter(call.facts.id);
	const durable = durableByRecords(controller.signal);
	try {
		const answer = await work({ world, facts: call.facts, durable, skips: call.skips });
		await recordSkips(world, call);
		return answer;
	} catch (error) {
		if (error instanceof RunPaused) return { status: "paused" };
		if (error instanceof RunStopped) return { status: "stopped" };
		throw error;
	} finally {
		world.signals.leave(call.facts.id, controller);
		controller.abort(new StepAnswered());
	}
}
