import { recordSkipped } from "@/server/runs/record-skipped";
import { durableByRecords } from "./durable";
import { RunPaused, RunStopped } from "./run-signals";
import { type Body, type BodyState, openBody, type Walk } from "./walk-body";
import { doStep } from "./walk-node";
import type { StepAnswer, StepCall } from "./with-claim";
import type { StepWorld } from "./world";

/**
 * Walks the nodes that are ready, and what follows them, inside one durable step. As steps of their own they would cost
 * the engine an entry of the function each, and on a server a wake-up; their records make each of them happen once all
 * the same, and none waits for another.
 */
export async function walkRegionInStep(walk: Walk, body: Body, state: BodyState): Promise<void> {
	const [nodeId = ""] = state.takeReady();
	const before = [...state.settled];
	const begins = state.takeBegins();
	const place = { nodeId, iteration: body.iteration, suffix: ":region" };
	const answer = await doStep(walk, place, (call) =>
		insideStep(walk.world, call, async (inner) => {
			const region = openBody(inner, { ...body, begins, around: undefined }, before);
			await region.runSideBySide("at once");
			return { status: "region", settled: region.settled.slice(before.length) };
		}),
	);
	if (answer.status !== "region") throw new RunStopped();
	for (const [id, outcome] of answer.settled) state.settle(id, outcome);
}

/** Walks something that waits for nobody inside the durable step that runs; a pause or the run's end is an answer. */
export async function insideStep(
	world: StepWorld,
	call: StepCall,
	work: (inner: Walk) => Promise<StepAnswer>,
): Promise<StepAnswer> {
	const controller = world.signals.enter(call.facts.id);
	const durable = durableByRecords(controller.signal);
	const inner: Walk = { world, facts: call.facts, durable, skipped: [...call.skipped] };
	try {
		const answer = await work(inner);
		await recordSkipped(world.sql, call.facts.id, inner.skipped);
		return answer;
	} catch (error) {
		if (error instanceof RunPaused) return { status: "paused" };
		if (error instanceof RunStopped) return { status: "stopped" };
		throw error;
	} finally {
		world.signals.leave(call.facts.id, controller);
	}
}
