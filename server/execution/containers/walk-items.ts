import type { ItemsExecutor } from "@/server/nodes/executors";
import type { Outcome } from "@/server/plan/graph/body-walk";
import { doStep, toOutcome } from "../do-step";
import { innerIteration } from "../iteration-path";
import type { StepPlace } from "../run-context";
import type { StepAnswer } from "../step/with-claim";
import type { NodeVisit, Walk } from "../walk";
import { createWorkCounter } from "../work-counter";
import { checkItem } from "./check-item";
import { closeContainer } from "./close-container";
import { collectItems, findLastStartedItem } from "./items-results";
import { openContainer } from "./open-container";

type Opened = Extract<StepAnswer, { status: "open" }>;

/** Walks a container's body for each of its items in their order, at most `parallel` of them at a time. */
export async function walkItems(walk: Walk, visit: NodeVisit, executor: ItemsExecutor): Promise<Outcome> {
	const opened = await doStep(walk, visit, (call) => openContainer(walk.services, call, executor));
	if (opened.status !== "open") return toOutcome(opened);
	await walkLanes(walk, visit, { opened, executor });
	const container = { nodeId: visit.nodeId, iteration: visit.iteration };
	const closed = await doStep(walk, container, async (call) => {
		// The results are read from the records.
		await walk.buffer.flush();
		const ended = await collectItems(walk.services, call.run, visit);
		return closeContainer(walk.services, call, executor.finish({ ...ended, onItemFailure: opened.onItemFailure }));
	});
	return toOutcome(closed);
}

/** Each lane takes the next item when it is done with one. Ends when all that were started have ended. */
async function walkLanes(
	walk: Walk,
	visit: NodeVisit,
	{ opened, executor }: { opened: Opened; executor: ItemsExecutor },
): Promise<void> {
	const { total, parallel, onItemFailure } = opened;
	const container = { nodeId: visit.nodeId, iteration: visit.iteration };
	const lanes = createWorkCounter({ around: visit.counter, onChange: () => {} });
	const stopWhen = executor.stopWhen(walk.run.index.nodes.get(visit.nodeId)?.node.config ?? {});
	const isRepeatable = parallel > 1 && (stopWhen !== undefined || onItemFailure === "stop");
	// What has begun is walked to its end even when another item has failed or stopped the others meanwhile.
	const begun = isRepeatable ? await findLastStartedItem(walk.services, walk.run, container) : -1;
	let next = 0;
	let isOver = false;

	async function walkItem(index: number): Promise<void> {
		const end = await walk.walkBody({
			parent: visit.nodeId,
			iteration: innerIteration(visit.iteration, index),
			begins: { container, index, total },
			around: lanes,
		});
		if (end === "failed") isOver ||= onItemFailure === "stop";
		else if (stopWhen !== undefined) isOver = (await isStopRequested(walk, container, { index, stopWhen })) || isOver;
	}

	async function lane(): Promise<void> {
		lanes.enter();
		while (next < total && (next <= begun || !isOver)) await walkItem(next++);
		lanes.leave();
	}

	const ends = await Promise.allSettled(Array.from({ length: Math.min(parallel, total) }, lane));
	for (const end of ends) if (end.status === "rejected") throw end.reason;
}

async function isStopRequested(
	walk: Walk,
	container: StepPlace,
	after: { index: number; stopWhen: string },
): Promise<boolean> {
	const checked = await doStep(walk, container, (call) => checkItem(walk.services, call, after));
	return checked.status === "checked" && (checked.stop || checked.problem !== undefined);
}
