import { BodyWalk, type Outcome, type Progress } from "@/server/plan/body-walk";
import type { NodeId } from "@/server/plan/plan";
import { bodyOf } from "@/server/plan/plan-graph";
import type { Iteration } from "@/server/runs/events";
import { readBegun } from "@/server/runs/read-begun";
import { type Activity, createActivity } from "./activity";
import type { Durable } from "./durable";
import type { RunFacts } from "./run-memory";
import type { Skips } from "./skips";
import { waitsInside } from "./waits-inside";
import { walkNode } from "./walk-node";
import { walkRegionInStep } from "./walk-region";
import type { StepCall } from "./with-claim";
import type { StepWorld } from "./world";

/** One walk over a run's plan. */
export interface Walk {
	world: StepWorld;
	facts: RunFacts;
	durable: Durable;
	skips: Skips;
}

/** A body to walk: the plan's own, or one iteration of a container. */
export interface Body {
	parent?: NodeId;
	iteration: Iteration;
	/** Recorded with the first step of the body. */
	begins?: StepCall["begins"];
	around?: Activity;
}

/** Nodes that ended, in the order in which they did. */
export type Settled = [NodeId, Outcome][];

/** A body, and how far its walk has come. */
export interface BodyState {
	readonly ready: readonly NodeId[];
	readonly settled: Settled;
	readonly verdict: BodyWalk["verdict"];
	readonly activity: Activity;
	takeReady(): NodeId[];
	settle(nodeId: NodeId, outcome: Outcome): void;
	/** Walks the one node that is ready. */
	runAlone(): Promise<void>;
	/**
	 * Walks whatever is ready, side by side, until nothing runs: to the end, until a single node is ready that may as well
	 * run alone, or, after a failure, until whatever still runs only waits.
	 * @param leave whether to leave at once when a single node is ready, or when whatever still runs only waits
	 */
	runSideBySide(leave: "at once" | "after one alone"): Promise<void>;
	takeBegins(): Body["begins"];
	/** Makes nodes ready that the failure of another kept from running. */
	makeReady(nodeIds: readonly NodeId[]): void;
}

/**
 * Walks a body to its end. A node that is alone runs as a plain step, which costs least. Nodes side by side that wait for
 * nothing are walked together inside one step, whatever their number; where somebody or some date is waited for, each is
 * a step of its own, and the engine wakes them. Once a node with `onFailure: stop` has failed nothing new starts.
 */
export async function walkBody(walk: Walk, body: Body): Promise<"completed" | "failed"> {
	const state = openBody(walk, body, []);
	const inSteps = !walk.durable.isInStep && !waitsInside(walk.facts.index, body.parent);
	while (state.ready.length > 0) {
		if (state.ready.length === 1) await state.runAlone();
		else if (inSteps) await walkRegionInStep(walk, body, state);
		else await walk.durable.sideBySide(() => state.runSideBySide("after one alone"));
	}
	if (state.verdict === "running") throw new Error("The walk has come to its end before all of its steps did.");
	if (state.verdict === "failed" && walk.durable.isInStep) await finishBegun(walk, body, state);
	state.activity.close();
	return state.verdict;
}

/**
 * Walks on what had begun before a failure was known: a walk inside a step that is repeated finds the failure first, and
 * must end like the one that was cut off.
 */
export async function finishBegun(walk: Walk, body: Body, state: BodyState): Promise<void> {
	const settled = new Set(state.settled.map(([nodeId]) => nodeId));
	const open = bodyOf(walk.facts.index, body.parent).flatMap(({ node }) => (settled.has(node.id) ? [] : node.id));
	const begun = await readBegun(walk.world.sql, { runId: walk.facts.id, nodeIds: open, iteration: body.iteration });
	state.makeReady(begun);
	if (state.ready.length > 0) await state.runSideBySide("at once");
}

export function openBody(walk: Walk, body: Body, before: Settled): BodyState {
	const steps = new BodyWalk(walk.facts.index, body.parent, new Map(before));
	const settled: Settled = [...before];
	const started = new Set<NodeId>();
	let ready: NodeId[] = [];
	let begins = body.begins;
	let pump: () => void = () => {};
	let giveUp: (error: unknown) => void = () => {};
	const activity = createActivity({ around: body.around, onChange: () => pump() });

	function absorb(progress: Progress): void {
		ready = progress.verdict === "failed" ? [] : [...ready, ...progress.ready];
		walk.skips.found(progress.skipped.map((nodeId) => ({ nodeId, iteration: body.iteration })));
	}

	function takeBegins(): Body["begins"] {
		const first = begins;
		begins = undefined;
		return first;
	}

	function settle(nodeId: NodeId, outcome: Outcome): void {
		settled.push([nodeId, outcome]);
		ready = ready.filter((id) => id !== nodeId);
		absorb(steps.settle(nodeId, outcome));
	}

	async function run(nodeId: NodeId): Promise<void> {
		started.add(nodeId);
		activity.enter();
		try {
			settle(nodeId, await walkNode(walk, { nodeId, iteration: body.iteration, begins: takeBegins(), activity }));
		} catch (error) {
			// Before it counts as left: a node that could not be walked must not look like one that has ended.
			giveUp(error);
			throw error;
		} finally {
			activity.leave();
		}
	}

	function takeReady(): NodeId[] {
		const taken = ready;
		ready = [];
		return taken;
	}

	function runSideBySide(leave: "at once" | "after one alone"): Promise<void> {
		return new Promise<void>((resolve, reject) => {
			let peak = 0;
			giveUp = reject;
			pump = () => {
				const isIdle = activity.running === activity.suspended && ready.length === 0;
				if (isIdle && (leave === "at once" || steps.verdict === "failed")) return resolve();
				if (activity.running === 0) {
					// Two branches that end at once both re-enter the function: a node after the join must not be found
					// outside the group by both, so the engine's regions last until one node has run alone.
					const mayLeave = leave === "at once" ? peak > 0 : peak === 1;
					if (ready.length === 0 || (mayLeave && ready.length === 1)) return resolve();
					peak = 0;
				}
				const next = takeReady();
				peak = Math.max(peak, activity.running + next.length);
				for (const nodeId of next) run(nodeId).catch(reject);
			};
			pump();
		}).finally(() => {
			pump = () => {};
			giveUp = () => {};
		});
	}

	absorb(steps.takeProgress());
	return {
		get ready() {
			return ready;
		},
		get verdict() {
			return steps.verdict;
		},
		settled,
		activity,
		takeReady,
		settle,
		runAlone: async () => {
			for (const nodeId of takeReady()) await run(nodeId);
		},
		runSideBySide,
		takeBegins,
		makeReady(nodeIds) {
			ready = nodeIds.filter((id) => !started.has(id));
		},
	};
}
