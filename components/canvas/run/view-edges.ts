import type { PlanIndex } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import type { RunState } from "@/server/runs/state";
import type { DrawnEdge } from "../drawing/drawn-edges";
import type { StepView } from "./view-step";

export type EdgeLook = "pending" | "running" | "waiting" | "completed" | "failed" | "skipped";

/**
 * How each edge looks: not decided, not taken, or taken, and then by the step it leads into. A disabled step
 * passes on what reached it.
 */
export function viewEdges(
	source: { graph: PlanIndex; edges: readonly DrawnEdge[] },
	steps: Readonly<Record<NodeId, StepView>>,
	run: RunState,
): Record<string, EdgeLook> {
	const at = { graph: source.graph, steps, run, passed: new Map() };
	return Object.fromEntries(source.edges.map((edge) => [edge.id, lookOfEdge(at, edge)]));
}

interface Deciding {
	graph: PlanIndex;
	steps: Readonly<Record<NodeId, StepView>>;
	run: RunState;
	/** Whether a disabled step was reached, each looked up once: the ways to one double with every step on them. */
	passed: Map<NodeId, boolean | undefined>;
}

function lookOfEdge(at: Deciding, edge: DrawnEdge): EdgeLook {
	const { steps, run } = at;
	switch (edge.kind) {
		case "start":
			return run.phase.status === "queued" ? "pending" : intoStep(steps[edge.to], "completed");
		case "enter": {
			const container = steps[edge.container];
			if (!container || container.look === "pending") return "pending";
			return container.look === "skipped" ? "skipped" : intoStep(steps[edge.to], "completed");
		}
		case "leave":
			return afterStep(isTaken(at, edge), () => takenLook(steps[edge.from], edge.port));
		case "edge":
			return afterStep(isTaken(at, edge), () => intoStep(steps[edge.to], takenLook(steps[edge.from], edge.port)));
	}
}

function afterStep(taken: boolean | undefined, look: () => EdgeLook): EdgeLook {
	if (taken === undefined) return "pending";
	return taken ? look() : "skipped";
}

function takenLook(source: StepView | undefined, port: string): EdgeLook {
	return port === "error" || source?.look === "failed" || source?.look === "timed-out" ? "failed" : "completed";
}

function intoStep(target: StepView | undefined, otherwise: EdgeLook): EdgeLook {
	switch (target?.look) {
		case "running":
			return "running";
		case "waiting":
			return "waiting";
		case "failed":
		case "timed-out":
			return "failed";
		case "pending":
			return otherwise === "failed" ? "failed" : "completed";
		default:
			return otherwise;
	}
}

interface Exit {
	from: NodeId;
	port: string;
}

/** Whether a step was left by a port; `undefined` while that is open. */
function isTaken(at: Deciding, { from, port }: Exit): boolean | undefined {
	const view = at.steps[from];
	const node = at.graph.nodes.get(from)?.node;
	if (!view || !node) return undefined;
	if (node.disabled && (view.look === "pending" || view.look === "skipped")) return passesOn(at, from);
	if (view.port !== undefined) return view.port === port;
	if (view.look === "skipped" || view.look === "cancelled") return false;
	if (view.look === "failed" || view.look === "timed-out") {
		return node.onFailure === "continue" ? port !== "error" : false;
	}
	return undefined;
}

function passesOn(at: Deciding, id: NodeId): boolean | undefined {
	if (at.passed.has(id)) return at.passed.get(id);
	// A draft may lead back to itself: that way is open.
	at.passed.set(id, undefined);
	const isReached = reaches(at, id);
	at.passed.set(id, isReached);
	return isReached;
}

function reaches(at: Deciding, id: NodeId): boolean | undefined {
	const incoming = at.graph.nodes.get(id)?.incoming ?? [];
	if (incoming.length === 0) return at.run.phase.status === "queued" ? undefined : true;
	const states = incoming.map((edge) => isTaken(at, edge));
	if (states.includes(true)) return true;
	return states.every((state) => state === false) ? false : undefined;
}
