import { BodyWalk, type Progress } from "@/server/plan/graph/body-walk";
import { bodyOf } from "@/server/plan/graph/plan-graph";
import type { NodeId } from "@/server/plan/plan";
import { readBegun } from "@/server/runs/read/read-begun";
import { createActivity } from "./activity";
import type { Body, Walk } from "./walk";
import { walkNode } from "./walk-node";

/**
 * Walks a body to its end, its nodes side by side, none waiting for another. Once a node with `onFailure: stop` has failed
 * nothing new starts, and the body ends when whatever still runs only waits.
 */
export async function walkBody(walk: Walk, body: Body): Promise<"completed" | "failed"> {
	const steps = new BodyWalk(walk.run.index, body.parent);
	const started = new Set<NodeId>();
	const settled = new Set<NodeId>();
	let { begins } = body;
	let ready: NodeId[] = [];
	let pump: () => void = () => {};
	const activity = createActivity({ around: body.around, onChange: () => pump() });

	function absorb(progress: Progress): void {
		ready = progress.verdict === "failed" ? [] : [...ready, ...progress.ready];
		for (const nodeId of progress.skipped) {
			const place = { nodeId, iteration: body.iteration };
			if (!walk.records.has(place)) walk.buffer.add({ kind: "skipped", ...place });
		}
	}

	async function run(nodeId: NodeId): Promise<void> {
		started.add(nodeId);
		activity.enter();
		const visit = { nodeId, iteration: body.iteration, begins, activity };
		begins = undefined;
		const outcome = await walkNode(walk, visit);
		settled.add(nodeId);
		absorb(steps.settle(nodeId, outcome));
		activity.leave();
	}

	/** Ends when nothing runs, or, after a failure, when whatever still runs only waits. A node that cannot be walked rejects. */
	function runReady(): Promise<void> {
		return new Promise<void>((resolve, reject) => {
			pump = () => {
				const next = ready;
				ready = [];
				for (const nodeId of next) run(nodeId).catch(reject);
				if (ready.length > 0 || activity.running > activity.suspended) return;
				if (activity.running === 0 || steps.verdict === "failed") resolve();
			};
			pump();
		}).finally(() => {
			pump = () => {};
		});
	}

	absorb(steps.takeProgress());
	await runReady();
	if (steps.verdict === "running") throw new Error("The walk has come to its end before all of its steps did.");
	if (steps.verdict === "failed") {
		// A walk that is repeated finds the failure first, and must end like the one that was cut off.
		const open = bodyOf(walk.run.index, body.parent).flatMap(({ node }) => (settled.has(node.id) ? [] : node.id));
		// Meanwhile it does not look as if it only waited.
		body.around.enter();
		const begun = await readBegun(walk.services.sql, { runId: walk.run.id, nodeIds: open, iteration: body.iteration });
		body.around.leave();
		ready = begun.filter((nodeId) => !started.has(nodeId));
		if (ready.length > 0) await runReady();
	}
	activity.close();
	return steps.verdict;
}
