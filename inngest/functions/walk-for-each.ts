import type { Outcome } from "@/server/plan/body-walk";
import { closeContainer } from "./close-container";
import { collectForEach } from "./for-each-results";
import { openContainer } from "./open-container";
import type { StepPlace } from "./run-memory";
import { waitsInside } from "./waits-inside";
import { type Walk, walkBody } from "./walk-body";
import { doStep, type NodeVisit, toOutcome } from "./walk-node";
import { insideStep } from "./walk-region";
import type { StepAnswer, StepCall } from "./with-claim";
import type { StepWorld } from "./world";

type Opened = Extract<StepAnswer, { status: "open" }>;

/** Walks the items of a for-each, in order of their start, so many at a time. */
export async function walkForEach(walk: Walk, visit: NodeVisit): Promise<Outcome> {
	const opened = await doStep(walk, visit, (call) => openContainer(walk.world, call));
	if (opened.status !== "open") return toOutcome(opened);
	if (waitsInside(walk.facts.index, visit.nodeId)) await walkSuspendable(walk, visit, opened);
	else await walkInChunks(walk, visit, opened);
	const closed = await doStep(walk, { ...visit, suffix: ":done" }, async (call) => {
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
	let next = 0;
	let failed = false;
	for (let n = 0; next < opened.total && !(failed && opened.onItemFailure === "stop"); n++) {
		const from = next;
		const suffix = `:items:${n}`;
		const answer = await doStep(walk, { ...visit, begins: undefined, suffix }, (call) =>
			walkChunk(walk.world, call, { opened, from }),
		);
		if (answer.status !== "walked") return;
		next = answer.next;
		failed ||= answer.failed;
	}
}

function walkChunk(
	world: StepWorld,
	call: StepCall,
	{ opened, from }: { opened: Opened; from: number },
): Promise<StepAnswer> {
	const until = Date.now() + CHUNK_MS;
	return insideStep(world, call, async (inner) => {
		const walked = await walkLanes(inner, call, { opened, from, mayStart: () => Date.now() < until });
		return { status: "walked", ...walked };
	});
}

/** Items whose steps wait for people or dates are walked by the engine, which wakes them. */
async function walkSuspendable(walk: Walk, visit: NodeVisit, opened: Opened): Promise<void> {
	const inner: Walk = { ...walk, durable: walk.durable.nested() };
	const lanes = { opened, from: 0, mayStart: () => true };
	if (opened.parallel === 1) await walkLanes(walk, visit, lanes);
	else await walk.durable.sideBySide(async () => void (await walkLanes(inner, visit, lanes)));
}

interface Lanes {
	opened: Opened;
	from: number;
	mayStart(): boolean;
}

/** Each lane takes the next item when it is done with one. Ends when all that were started have ended. */
async function walkLanes(
	walk: Walk,
	place: StepPlace & Partial<Pick<NodeVisit, "activity">>,
	{ opened, from, mayStart }: Lanes,
): Promise<{ next: number; failed: boolean }> {
	const { total, parallel, onItemFailure } = opened;
	const container = { nodeId: place.nodeId, iteration: place.iteration };
	let next = from;
	let failed = false;
	async function lane(): Promise<void> {
		while (next < total && mayStart() && !(failed && onItemFailure === "stop")) {
			const index = next++;
			const end = await walkBody(walk, {
				parent: place.nodeId,
				iteration: place.iteration === "" ? String(index) : `${place.iteration}.${index}`,
				begins: { container, index, total },
				around: place.activity,
			});
			if (end === "failed") failed = true;
		}
	}
	const lanes = await Promise.allSettled(Array.from({ length: Math.min(parallel, total - from) }, lane));
	for (const ended of lanes) if (ended.status === "rejected") throw ended.reason;
	return { next, failed };
}
