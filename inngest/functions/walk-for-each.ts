import type { Outcome } from "@/server/plan/body-walk";
import { stepKey } from "@/server/runs/state";
import { type Activity, createActivity } from "./activity";
import { checkItem } from "./check-item";
import { closeContainer } from "./close-container";
import { collectForEach, lastBegunItem } from "./for-each-results";
import { innerIteration } from "./iteration-path";
import { openContainer } from "./open-container";
import type { StepPlace } from "./run-memory";
import { recordSkips } from "./skips";
import { waitsInside } from "./waits-inside";
import { type Walk, walkBody } from "./walk-body";
import { doStep, type NodeVisit, suspended, toOutcome } from "./walk-node";
import { type InnerWalk, insideStep } from "./walk-region";
import type { StepAnswer } from "./with-claim";

type Opened = Extract<StepAnswer, { status: "open" }>;
type Walked = Extract<StepAnswer, { status: "walked" }>;

/** Walks the items of a for-each, in order of their start, so many at a time. */
export async function walkForEach(walk: Walk, visit: NodeVisit): Promise<Outcome> {
	const opened = await doStep(walk, visit, (call) => openContainer(walk.world, call));
	if (opened.status !== "open") return toOutcome(opened);
	if (walk.durable.isInStep) await walkItems(walk, visit, { opened });
	else if (waitsInside(walk.facts.index, visit.nodeId)) await walkSuspendable(walk, visit, opened);
	else await walkInChunks(walk, visit, opened);
	const closed = await doStep(walk, { ...visit, suffix: ":done" }, async (call) => {
		// An item of which every step was skipped has run, too.
		await recordSkips(walk.world, call);
		const end = await collectForEach(walk.world, call.facts, { place: visit, rule: opened.onItemFailure });
		return closeContainer(walk.world, call, end);
	});
	return toOutcome(closed);
}

/**
 * A durable step costs the engine more the more steps a run has, and hundreds of items have thousands. So items that wait
 * for nothing are walked inside one durable step for so long, then inside the next: their own records make each of their
 * steps happen once.
 */
const CHUNK_MS = 20_000;

async function walkInChunks(walk: Walk, visit: NodeVisit, opened: Opened): Promise<void> {
	let walked: Omit<Walked, "status"> = { next: 0, failed: false, stopped: false, pending: [] };
	for (let n = 0; hasMore(opened, walked); n++) {
		const { until: _, ...from } = walked;
		const chunk = { ...visit, begins: undefined, suffix: `:items:${n}` };
		const answer = await doStep(walk, chunk, (call) =>
			insideStep(walk.world, call, (inner) =>
				walkChunk(inner, { nodeId: visit.nodeId, iteration: visit.iteration }, { opened, ...from }),
			),
		);
		if (answer.status !== "walked") return;
		walked = answer;
		const { until } = answer;
		if (until === undefined) continue;
		const id = `${stepKey(visit.nodeId, visit.iteration)}:items:${n}:until`;
		await suspended(visit.activity, () => walk.durable.sleepUntil(id, until));
	}
}

function hasMore(
	{ total, onItemFailure }: Opened,
	{ next, failed, stopped, pending }: Omit<Walked, "status">,
): boolean {
	return pending.length > 0 || (next < total && !stopped && !(failed && onItemFailure === "stop"));
}

/** Ends when its time is over and the items begun have ended, or as soon as all of them wait. */
async function walkChunk(inner: InnerWalk, place: StepPlace, from: Omit<Lanes, "mayStart">): Promise<StepAnswer> {
	const until = Date.now() + CHUNK_MS;
	return await new Promise((resolve, reject) => {
		const lanes = createActivity({
			onChange() {
				if (lanes.running === 0 || lanes.running > lanes.suspended) return;
				const wake = inner.durable.nextWake();
				resolve({ status: "walked", ...progress(), ...(wake !== undefined && { until: wake }) });
			},
		});
		const { progress, ended } = startLanes(inner, { ...place, lanes }, { ...from, mayStart: () => Date.now() < until });
		ended.then(() => resolve({ status: "walked", ...progress() }), reject);
	});
}

/** Items whose steps wait for people or dates are walked by the engine, which wakes them. */
async function walkSuspendable(walk: Walk, visit: NodeVisit, opened: Opened): Promise<void> {
	const inner: Walk = { ...walk, durable: walk.durable.nested() };
	if (opened.parallel === 1) await walkItems(walk, visit, { opened });
	else await walk.durable.sideBySide(() => walkItems(inner, visit, { opened }));
}

/** Walks all items, inside whatever makes the walk durable. */
async function walkItems(walk: Walk, visit: NodeVisit, { opened }: { opened: Opened }): Promise<void> {
	const lanes = createActivity({ around: visit.activity, onChange: () => {} });
	const from = { opened, next: 0, failed: false, stopped: false, pending: [], mayStart: () => true };
	await startLanes(walk, { nodeId: visit.nodeId, iteration: visit.iteration, lanes }, from).ended;
}

interface Lanes {
	opened: Opened;
	/** The first item that has not begun. */
	next: number;
	failed: boolean;
	/** The stop condition was true, or could not be worked out. */
	stopped: boolean;
	/** Items before `next` that have not ended. */
	pending: readonly number[];
	mayStart(): boolean;
}

/** Each lane takes the next item when it is done with one. Ends when all that were started have ended. */
function startLanes(walk: Walk, place: StepPlace & { lanes: Activity }, from: Lanes) {
	const { total, parallel, onItemFailure } = from.opened;
	const container = { nodeId: place.nodeId, iteration: place.iteration };
	const again = [...from.pending];
	const open = new Set<number>(again);
	let { next, failed, stopped } = from;
	const mayStop = walk.facts.index.nodes.get(place.nodeId)?.node.config.stopWhen !== undefined;

	function takeItem(begun: number): number | undefined {
		const waited = again.shift();
		if (waited !== undefined) return waited;
		// What has begun is walked to its end even when another item has failed or stopped the others meanwhile.
		const goesOn = from.mayStart() && !stopped && !(failed && onItemFailure === "stop");
		return next < total && (next <= begun || goesOn) ? next++ : undefined;
	}

	async function lane(begun: number): Promise<void> {
		place.lanes.enter();
		for (let index = takeItem(begun); index !== undefined; index = takeItem(begun)) {
			open.add(index);
			const end = await walkBody(walk, {
				parent: place.nodeId,
				iteration: innerIteration(place.iteration, index),
				begins: { container, index, total },
				around: place.lanes,
			});
			if (end === "failed") failed = true;
			else if (mayStop && (await asksToStop(walk, container, index))) stopped = true;
			open.delete(index);
		}
		place.lanes.leave();
	}

	async function run(): Promise<void> {
		const count = Math.min(parallel, again.length + total - next);
		const isRepeatable = walk.durable.isInStep && parallel > 1 && (mayStop || onItemFailure === "stop");
		const begun = isRepeatable ? await lastBegunItem(walk.world, walk.facts, container) : -1;
		const lanes = await Promise.allSettled(Array.from({ length: count }, () => lane(begun)));
		for (const ended of lanes) if (ended.status === "rejected") throw ended.reason;
	}

	return { ended: run(), progress: () => ({ next, failed, stopped, pending: [...open].sort((a, b) => a - b) }) };
}

async function asksToStop(walk: Walk, container: StepPlace, index: number): Promise<boolean> {
	const suffix = `:check:${index}`;
	const checked = await doStep(walk, { ...container, suffix }, (call) => checkItem(walk.world, call, index));
	return checked.status === "checked" && (checked.stop || checked.problem !== undefined);
}
