import { BodyWalk, type Progress } from "@/server/plan/body-walk";
import type { NodeId } from "@/server/plan/plan";
import type { Iteration } from "@/server/runs/events";
import { type Activity, createActivity } from "./activity";
import type { Durable } from "./durable";
import type { RunFacts, StepPlace } from "./run-memory";
import { walkNode } from "./walk-node";
import type { StepCall } from "./with-claim";
import type { StepWorld } from "./world";

/** One walk over a run's plan. */
export interface Walk {
	world: StepWorld;
	facts: RunFacts;
	durable: Durable;
	/** Steps found skipped and not yet recorded: the next step that is claimed takes them along. */
	skipped: StepPlace[];
}

/** A body to walk: the plan's own, or one iteration of a container. */
export interface Body {
	parent?: NodeId;
	iteration: Iteration;
	/** Recorded with the first step of the body. */
	begins?: StepCall["begins"];
	around?: Activity;
}

/**
 * Walks a body to its end. A node that is alone runs as a plain step, which costs least; nodes side by side run in a
 * region where none waits for another. Once a node with `onFailure: stop` has failed nothing new starts, what runs may
 * end, and what only waits is not waited for.
 */
export async function walkBody(walk: Walk, body: Body): Promise<"completed" | "failed"> {
	const steps = new BodyWalk(walk.facts.index, body.parent);
	let ready: NodeId[] = [];
	let begins = body.begins;
	let pump: () => void = () => {};
	const activity = createActivity({ around: body.around, onChange: () => pump() });

	function absorb(progress: Progress): void {
		ready = progress.verdict === "failed" ? [] : [...ready, ...progress.ready];
		walk.skipped.push(...progress.skipped.map((nodeId) => ({ nodeId, iteration: body.iteration })));
	}

	async function run(nodeId: NodeId): Promise<void> {
		const first = begins;
		begins = undefined;
		activity.enter();
		try {
			absorb(
				steps.settle(nodeId, await walkNode(walk, { nodeId, iteration: body.iteration, begins: first, activity })),
			);
		} finally {
			activity.leave();
		}
	}

	/**
	 * Runs whatever is ready, side by side, until one node has run with no other beside it. Leaving earlier is wrong: two
	 * branches that end at once both re-enter the function, and both would execute the node after the join.
	 */
	function region(): Promise<void> {
		return new Promise<void>((resolve, reject) => {
			let peak = 0;
			pump = () => {
				if (activity.running === activity.suspended && steps.verdict === "failed") return resolve();
				if (activity.running === 0) {
					if (ready.length === 0 || (peak === 1 && ready.length === 1)) return resolve();
					peak = 0;
				}
				const next = ready;
				ready = [];
				peak = Math.max(peak, activity.running + next.length);
				for (const nodeId of next) run(nodeId).catch(reject);
			};
			pump();
		}).then(() => {
			pump = () => {};
		});
	}

	absorb(steps.takeProgress());
	for (let [next, ...others] = ready; next !== undefined; [next, ...others] = ready) {
		if (others.length === 0) {
			ready = [];
			await run(next);
		} else {
			await walk.durable.sideBySide(region);
		}
	}
	return steps.verdict === "failed" ? "failed" : "completed";
}
