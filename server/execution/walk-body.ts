import { BodyWalk, type Progress } from "@/server/plan/graph/body-walk";
import { bodyOf } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import { findStartedSteps } from "@/server/runs/read/find-started-steps";
import type { Body, Walk } from "./walk";
import { walkNode } from "./walk-node";
import { createWorkCounter } from "./work-counter";

/**
 * Walks a body to its end; independent nodes run concurrently. Once a node with `onFailure: stop` has failed nothing new
 * starts, and the body ends when all steps that still run are suspended.
 */
export async function walkBody(walk: Walk, body: Body): Promise<"completed" | "failed"> {
	const steps = new BodyWalk(walk.run.index, body.parent);
	const started = new Set<NodeId>();
	const settled = new Set<NodeId>();
	let { begins } = body;
	let ready: NodeId[] = [];
	let pump: () => void = () => {};
	const counter = createWorkCounter({ around: body.around, onChange: () => pump() });

	function absorb(progress: Progress): void {
		ready = progress.verdict === "failed" ? [] : [...ready, ...progress.ready];
		for (const nodeId of progress.skipped) {
			const place = { nodeId, iteration: body.iteration };
			if (!walk.records.has(place)) walk.buffer.add({ kind: "skipped", ...place });
		}
	}

	async function run(nodeId: NodeId): Promise<void> {
		started.add(nodeId);
		counter.enter();
		const visit = { nodeId, iteration: body.iteration, begins, counter };
		begins = undefined;
		const outcome = await walkNode(walk, visit);
		settled.add(nodeId);
		absorb(steps.settle(nodeId, outcome));
		counter.leave();
	}

	/** Resolves when nothing runs or, after a failure, when all running steps are suspended. Rejects if a node cannot be walked. */
	function runReady(): Promise<void> {
		return new Promise<void>((resolve, reject) => {
			pump = () => {
				const next = ready;
				ready = [];
				for (const nodeId of next) run(nodeId).catch(reject);
				if (ready.length > 0 || counter.running > counter.suspended) return;
				if (counter.running === 0 || steps.verdict === "failed") resolve();
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
		// Keeps the parent from counting this body as suspended during the query.
		body.around.enter();
		const begun = await findStartedSteps(walk.services.sql, {
			runId: walk.run.id,
			nodeIds: open,
			iteration: body.iteration,
		});
		body.around.leave();
		ready = begun.filter((nodeId) => !started.has(nodeId));
		if (ready.length > 0) await runReady();
	}
	counter.close();
	return steps.verdict;
}
