import { bodyOf, type PlanIndex } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import { isEnded, type RunState, type StepState, stepKey } from "@/server/runs/state";
import type { DrawnEdge } from "../drawing/drawn-edges";
import { type EdgeLook, viewEdges } from "./view-edges";
import {
	ENDED_LOOKS,
	FAILED_LOOKS,
	type IterationPages,
	LIVE_LOOKS,
	lookOf,
	NOT_REACHED,
	nameOf,
	type StepLook,
	type StepView,
	viewStep,
} from "./view-step";

/** A run laid over its plan: what each node and edge shows. Empty while drawing. */
export interface RunView {
	steps: Readonly<Record<NodeId, StepView>>;
	edges: Readonly<Record<string, EdgeLook>>;
}

/** The iterations that a person has turned to, by container; the others follow what is alive. */
export type PageChoice = Readonly<Record<NodeId, number>>;

/** The view of a whole run. Views that are equal to those of `before` are the same objects, so they draw once. */
export function viewRun(
	source: { graph: PlanIndex; edges: readonly DrawnEdge[] },
	run: RunState,
	{ pages = {}, before }: { pages?: PageChoice; before?: RunView | undefined } = {},
): RunView {
	const viewing: Viewing = { graph: source.graph, run, pages, steps: {} };
	viewLevel(viewing, "", "");
	const edges = viewEdges(source, viewing.steps, run);
	if (isEnded(run.phase.status) || run.phase.status === "paused") settle(viewing, edges);
	return { steps: reuse(viewing.steps, before?.steps), edges };
}

interface Viewing {
	graph: PlanIndex;
	run: RunState;
	pages: PageChoice;
	steps: Record<NodeId, StepView>;
}

function viewLevel(viewing: Viewing, level: NodeId, iteration: string): void {
	for (const { node } of bodyOf(viewing.graph, level)) {
		const step = viewing.run.steps[stepKey(node.id, iteration)];
		const view = step ? viewStep(node, step, viewing.run) : { look: "pending" as const, iteration };
		const body = bodyOf(viewing.graph, node.id);
		if (body.length === 0) {
			viewing.steps[node.id] = view;
			continue;
		}
		const shown = viewPages(viewing, step, iteration);
		viewing.steps[node.id] = shown ? { ...view, pages: shown } : view;
		viewLevel(viewing, node.id, join(iteration, shown?.shown ?? 0));
	}
}

function viewPages(viewing: Viewing, step: StepState | undefined, at: string): IterationPages | undefined {
	if (!step?.iterations) return undefined;
	const { nodeId, iterations: progress } = step;
	const looks = Array.from({ length: progress.begun }, (_, index) => iterationLook(viewing, nodeId, join(at, index)));
	const chosen = viewing.pages[nodeId];
	const shown = chosen === undefined ? liveIndex(looks) : Math.min(chosen, Math.max(0, progress.begun - 1));
	const label = progress.labels[shown];
	return {
		shown,
		begun: progress.begun,
		looks,
		failed: looks.filter((look) => FAILED_LOOKS.includes(look)).length,
		...(progress.total !== undefined && { total: progress.total }),
		// A loop's turns are called by their number, which the pager shows.
		...(label !== undefined && label !== String(shown + 1) && { label }),
	};
}

/** How one iteration stands: the liveliest of its steps decides, then the worst. A failure that was handled is none. */
export function iterationLook(source: Pick<Viewing, "graph" | "run">, container: NodeId, at: string): StepLook {
	const looks = bodyOf(source.graph, container).map((child) => lookWithin(source.run.steps[stepKey(child.id, at)]));
	const isOver = isEnded(source.run.phase.status) || hasEnded(source.run.steps[stepKey(container, outOf(at))]);
	const order: StepLook[] = ["waiting", "retrying", "running", "failed", "timed-out", "cancelled"];
	const first = order.find((look) => looks.includes(look));
	if (first) return first;
	if (!isOver && looks.includes("pending")) return "running";
	return looks.includes("completed") ? "completed" : "skipped";
}

function lookWithin(step: StepState | undefined): StepLook {
	if (!step) return "pending";
	const isHandled = "error" in step.phase && "port" in step.phase && step.phase.port !== undefined;
	return isHandled ? "completed" : lookOf(step.phase.status);
}

function hasEnded(step: StepState | undefined): boolean {
	return step !== undefined && ENDED_LOOKS.includes(lookOf(step.phase.status));
}

/** `1.4` is the fifth iteration of a container that stands in `1`. */
function outOf(at: string): string {
	return at.slice(0, Math.max(0, at.lastIndexOf(".")));
}

/** The iteration to follow: the first that is alive, else the first that failed, else the last. */
function liveIndex(looks: readonly StepLook[]): number {
	const alive = looks.findIndex((look) => LIVE_LOOKS.includes(look));
	if (alive !== -1) return alive;
	const failed = looks.findIndex((look) => FAILED_LOOKS.includes(look));
	return failed !== -1 ? failed : Math.max(0, looks.length - 1);
}

export function join(iteration: string, index: number): string {
	return iteration === "" ? String(index) : `${iteration}.${index}`;
}

/** A run that stands still says so on the steps it has not come to. */
function settle({ graph, run, steps }: Viewing, edges: Record<string, EdgeLook>): void {
	const reached = new Set(
		[...graph.nodes.values()].flatMap(({ id, incoming }) =>
			incoming.some((edge) => isTaken(edges, edge)) ? [id] : [],
		),
	);
	for (const [id, view] of Object.entries(steps)) {
		if (view.look !== "pending" || graph.nodes.get(id)?.node.disabled) continue;
		if (run.phase.status !== "paused") steps[id] = { ...view, look: "skipped", text: NOT_REACHED };
		else if (reached.has(id)) steps[id] = { ...view, look: "paused", text: `by ${nameOf(run.phase.actor)}` };
	}
	if (run.phase.status === "paused") return;
	for (const [id, look] of Object.entries(edges)) if (look === "pending") edges[id] = "skipped";
}

function isTaken(edges: Record<string, EdgeLook>, edge: { from: NodeId; port: string; to: NodeId }): boolean {
	const look = edges[`${edge.from}.${edge.port}>${edge.to}`];
	return look !== undefined && look !== "pending" && look !== "skipped";
}

function reuse<V>(next: Record<string, V>, before: Readonly<Record<string, V>> | undefined): Record<string, V> {
	if (!before) return next;
	for (const [id, view] of Object.entries(next)) {
		const old = before[id];
		if (old !== undefined && JSON.stringify(old) === JSON.stringify(view)) next[id] = old;
	}
	return next;
}
