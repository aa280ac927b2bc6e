import type { NodeId, PlanNode, PortName } from "../plan";
import { bodyOf, type GraphNode, type PlanIndex } from "./index-plan";

/** How a node ended. `port` of a failure names the exit to take instead of `out` (continue) or `error` (branch). */
export type Outcome =
	| { status: "completed"; port: PortName }
	| { status: "failed"; port?: PortName }
	| { status: "skipped" };

export type Outcomes = ReadonlyMap<NodeId, Outcome>;

/** `failed` as soon as a node with `onFailure: stop` has failed: nothing new starts, what runs may end. */
export type Verdict = "running" | "completed" | "failed";

export interface Progress {
	/** Nodes whose inputs are decided and that may run now, in plan order. Empty once the verdict is `failed`. */
	ready: NodeId[];
	/**
	 * Nodes to record as skipped: none of their incoming connections is taken, or they are disabled. A disabled node
	 * is passed through: its `out` is taken when the node itself would have run.
	 */
	skipped: NodeId[];
	verdict: Verdict;
}

interface Cell {
	/** The place in plan order. */
	readonly rank: number;
	readonly node: PlanNode;
	readonly exits: { port: PortName; to: Cell }[];
	undecided: number;
	taken: boolean;
	state: "pending" | "ready" | "settled";
}

/** A settled cell and the exit it takes; none when it was skipped. */
interface Departure {
	readonly cell: Cell;
	readonly port: PortName | undefined;
}

/**
 * A walk through one body (of the plan, or of one iteration of a container) that keeps its place: settling a node
 * costs as much as the connections behind it, so a walk over a whole plan is linear. No clock, no I/O.
 */
export class BodyWalk {
	readonly #cells: ReadonlyMap<NodeId, Cell>;
	#open: number;
	#failed = false;
	#ready: Cell[] = [];
	#skipped: Cell[] = [];

	/** `outcomes` are those known already, in any order: a resumed walk stands where the earlier one stopped. */
	constructor(index: PlanIndex, parent?: NodeId, outcomes: Outcomes = new Map()) {
		this.#cells = connectCells(bodyOf(index, parent));
		this.#open = this.#cells.size;
		const settled: [Cell, Outcome][] = [];
		for (const [id, outcome] of outcomes) {
			const cell = this.#close(id);
			if (cell) settled.push([cell, outcome]);
		}
		for (const cell of this.#cells.values()) if (cell.undecided === 0) this.#follow(this.#decide(cell));
		for (const [cell, outcome] of settled) this.#leave(cell, outcome);
	}

	/** What became ready and skipped since the last call. Each node is reported once. */
	takeProgress(): Progress {
		const ready = this.#failed ? [] : inPlanOrder(this.#ready);
		const progress = { ready, skipped: inPlanOrder(this.#skipped), verdict: this.verdict };
		this.#ready = [];
		this.#skipped = [];
		return progress;
	}

	/** Records how a node ended and returns what follows from it. A second outcome of the same node changes nothing. */
	settle(id: NodeId, outcome: Outcome): Progress {
		const cell = this.#close(id);
		if (cell) this.#leave(cell, outcome);
		return this.takeProgress();
	}

	get verdict(): Verdict {
		if (this.#failed) return "failed";
		return this.#open === 0 ? "completed" : "running";
	}

	/** Disabled nodes are decided by the walk alone, so what is recorded about them is left aside. */
	#close(id: NodeId): Cell | undefined {
		const cell = this.#cells.get(id);
		if (!cell || cell.state === "settled" || cell.node.disabled) return undefined;
		cell.state = "settled";
		this.#open -= 1;
		return cell;
	}

	#leave(cell: Cell, outcome: Outcome): void {
		if (outcome.status === "failed" && cell.node.onFailure === "stop") this.#failed = true;
		else this.#follow({ cell, port: exitOf(cell.node, outcome) });
	}

	/** Decides the connections of a settled cell, and whatever that settles in turn. */
	#follow(departure: Departure | undefined): void {
		const queue = departure ? [departure] : [];
		for (const { cell, port } of queue) {
			for (const exit of cell.exits) {
				exit.to.undecided -= 1;
				if (exit.port === port) exit.to.taken = true;
				const next = this.#decide(exit.to);
				if (next) queue.push(next);
			}
		}
	}

	/** Makes a cell ready, or settles it when it is skipped or passed through; then its departure is returned. */
	#decide(cell: Cell): Departure | undefined {
		if (cell.state !== "pending") return undefined;
		const runs = cell.taken && (cell.node.join === "any" || cell.undecided === 0);
		if (!runs && cell.undecided > 0) return undefined;
		if (runs && !cell.node.disabled) {
			cell.state = "ready";
			this.#ready.push(cell);
			return undefined;
		}
		cell.state = "settled";
		this.#open -= 1;
		this.#skipped.push(cell);
		return { cell, port: runs ? "out" : undefined };
	}
}

function connectCells(body: readonly GraphNode[]): Map<NodeId, Cell> {
	const cells = new Map<NodeId, Cell>();
	for (const [rank, { node, incoming }] of body.entries()) {
		const isRoot = incoming.length === 0;
		cells.set(node.id, { rank, node, exits: [], undecided: incoming.length, taken: isRoot, state: "pending" });
	}
	for (const { outgoing } of body) {
		for (const edge of outgoing) {
			const to = cells.get(edge.to);
			if (to) cells.get(edge.from)?.exits.push({ port: edge.port, to });
		}
	}
	return cells;
}

function inPlanOrder(cells: readonly Cell[]): NodeId[] {
	return cells.toSorted((a, b) => a.rank - b.rank).map((cell) => cell.node.id);
}

function exitOf(node: PlanNode, outcome: Outcome): PortName | undefined {
	if (outcome.status === "skipped") return undefined;
	if (outcome.status === "completed") return outcome.port;
	return outcome.port ?? (node.onFailure === "branch" ? "error" : "out");
}
