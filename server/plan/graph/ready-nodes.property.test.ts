import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { runnablePlan } from "../arbitrary-plans";
import type { NodeId, Plan, PlanNode } from "../plan";
import { BodyWalk, type Outcome, type Verdict } from "./body-walk";
import { bodyOf, indexPlan, type PlanIndex } from "./index-plan";
import { readyNodes } from "./ready-nodes";

/** How a node will end if it runs: fixed beforehand, so that only the order of completions differs between runs. */
type Fates = (id: NodeId) => Outcome;
/** Which of the running nodes ends next. */
type Pick = (running: readonly NodeId[]) => NodeId;

interface Run {
	verdict: Verdict;
	/** By body, in the order in which nodes ended. */
	ends: Map<NodeId | undefined, Map<NodeId, Outcome>>;
	started: NodeId[];
}

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
	fc.record({ status: fc.constant("completed" as const), port: fc.constantFrom("out", "out", "true", "false") }),
	fc.record({ status: fc.constant("failed" as const) }),
);
const plan = runnablePlan;
const fates = fc.array(outcome, { minLength: 18, maxLength: 18 }).map(
	(list): Fates =>
		(id) =>
			list[Number(id.slice(1))] ?? { status: "skipped" },
);
const picks = fc.infiniteStream(fc.nat()).map(
	(stream): Pick =>
		(running) =>
			running[(stream.next().value ?? 0) % running.length] ?? "",
);

/** Runs a plan as the engine does, one iteration a container; checks at each step that nothing starts too early. */
function simulate(index: PlanIndex, fates: Fates, pick: Pick): Run {
	const run: Run = { verdict: "running", ends: new Map(), started: [] };
	run.verdict = simulateBody(index, undefined, { fates, pick, run });
	return run;
}

function simulateBody(
	index: PlanIndex,
	parent: NodeId | undefined,
	simulation: { fates: Fates; pick: Pick; run: Run },
): Verdict {
	const ends = new Map<NodeId, Outcome>();
	simulation.run.ends.set(parent, ends);
	const started = new Set<NodeId>();
	for (;;) {
		const { ready, skipped, verdict } = readyNodes(index, ends, parent);
		for (const id of skipped) ends.set(id, { status: "skipped" });
		for (const id of ready) {
			expectDecided(index, id, ends);
			started.add(id);
		}
		if (verdict === "failed") expect(ready).toEqual([]);
		const running = [...started].filter((id) => !ends.has(id));
		if (running.length === 0) return verdict;
		const id = simulation.pick(running);
		simulation.run.started.push(id);
		ends.set(id, endOf(index, id, simulation));
	}
}

function endOf(index: PlanIndex, id: NodeId, simulation: { fates: Fates; pick: Pick; run: Run }): Outcome {
	if (index.nodes.get(id)?.node.type !== "loop") return simulation.fates(id);
	const verdict = simulateBody(index, id, simulation);
	return verdict === "failed" ? { status: "failed" } : { status: "completed", port: "out" };
}

type EdgeState = "taken" | "untaken" | "undecided";

/** The state of a connection, worked out from the definition, not from the code under test. */
function edgeState(node: PlanNode, port: string, ends: ReadonlyMap<NodeId, Outcome>, index: PlanIndex): EdgeState {
	const end = ends.get(node.id);
	if (!end) return "undecided";
	const taken = (exit: string) => (exit === port ? "taken" : "untaken");
	if (node.disabled) return wouldRun(index, node.id, ends) ? taken("out") : "untaken";
	if (end.status === "skipped") return "untaken";
	if (end.status === "completed") return taken(end.port);
	if (node.onFailure === "stop") return "undecided";
	return taken(node.onFailure === "branch" ? "error" : "out");
}

function incomingStates(index: PlanIndex, id: NodeId, ends: ReadonlyMap<NodeId, Outcome>): EdgeState[] {
	return (index.nodes.get(id)?.incoming ?? []).map((edge) => {
		const source = index.nodes.get(edge.from)?.node;
		return source ? edgeState(source, edge.port, ends, index) : "untaken";
	});
}

function wouldRun(index: PlanIndex, id: NodeId, ends: ReadonlyMap<NodeId, Outcome>): boolean {
	const states = incomingStates(index, id, ends);
	return states.length === 0 || states.includes("taken");
}

function expectDecided(index: PlanIndex, id: NodeId, ends: ReadonlyMap<NodeId, Outcome>): void {
	const states = incomingStates(index, id, ends);
	expect(states.length === 0 || states.includes("taken")).toBe(true);
	if (index.nodes.get(id)?.node.join === "all") expect(states).not.toContain("undecided");
}

function statuses(run: Run) {
	return Object.fromEntries([...run.ends].map(([body, ends]) => [body ?? "", Object.fromEntries(ends)]));
}

function hasStopped(index: PlanIndex, ends: ReadonlyMap<NodeId, Outcome>): boolean {
	return [...ends].some(([id, { status }]) => status === "failed" && index.nodes.get(id)?.node.onFailure === "stop");
}

describe("over random plans with nested containers, joins of every kind and skipped arms", () => {
	test("every node ends as completed, failed, skipped or blocked, and blocked only after a failure", () => {
		fc.assert(
			fc.property(plan, fates, picks, (plan, fates, pick) => {
				const index = indexPlan(plan);
				const { verdict, ends, started } = simulate(index, fates, pick);
				expect(new Set(started).size).toBe(started.length);
				expect(verdict).not.toBe("running");
				for (const [body, outcomes] of ends) {
					const blocked = bodyOf(index, body).filter(({ node }) => !outcomes.has(node.id));
					expect(hasStopped(index, outcomes) || blocked.length === 0).toBe(true);
				}
			}),
			{ numRuns: 500 },
		);
	});

	test("a node is skipped exactly when it is disabled or none of its connections is taken", () => {
		fc.assert(
			fc.property(plan, fates, picks, (plan, fates, pick) => {
				const index = indexPlan(plan);
				for (const outcomes of simulate(index, fates, pick).ends.values()) {
					for (const [id, end] of outcomes) {
						const isDisabled = index.nodes.get(id)?.node.disabled === true;
						expect(end.status === "skipped").toBe(isDisabled || !wouldRun(index, id, outcomes));
					}
				}
			}),
			{ numRuns: 500 },
		);
	});

	test("the order of completions never changes the verdict, nor, when nothing stops, how any node ends", () => {
		fc.assert(
			fc.property(plan, fates, picks, picks, (plan, fates, one, other) => {
				const index = indexPlan(plan);
				const [first, second] = [simulate(index, fates, one), simulate(index, fates, other)];
				expect(second.verdict).toBe(first.verdict);
				const stopped = [...first.ends.values()].some((ends) => hasStopped(index, ends));
				if (!stopped) expect(statuses(second)).toEqual(statuses(first));
			}),
			{ numRuns: 500 },
		);
	});

	test("the order in which outcomes are known never changes the answer", () => {
		fc.assert(
			fc.property(plan, fates, picks, fc.nat({ max: 17 }), (plan, fates, pick, known) => {
				const index = indexPlan(plan);
				for (const [body, ends] of simulate(index, fates, pick).ends) {
					const some = [...ends].slice(0, known);
					expect(readyNodes(index, new Map(some.toReversed()), body)).toEqual(readyNodes(index, new Map(some), body));
				}
			}),
		);
	});

	test("a walk settled step by step gives each answer of the pure function once", () => {
		fc.assert(
			fc.property(plan, fates, picks, (plan, fates, pick) => {
				const index = indexPlan(plan);
				for (const [body, ends] of simulate(index, fates, pick).ends) expectSameWalk(index, body, ends);
			}),
		);
	});
});

function expectSameWalk(index: PlanIndex, body: NodeId | undefined, ends: ReadonlyMap<NodeId, Outcome>): void {
	const walk = new BodyWalk(index, body);
	const known = new Map<NodeId, Outcome>();
	const open = new Set(walk.takeProgress().ready);
	for (const [id, end] of ends) {
		known.set(id, end);
		const { ready, skipped, verdict } = walk.settle(id, end);
		for (const next of ready) open.add(next);
		for (const next of skipped) known.set(next, { status: "skipped" });
		open.delete(id);
		const pure = readyNodes(index, known, body);
		expect(verdict).toBe(pure.verdict);
		if (verdict !== "failed") expect(pure.ready.toSorted()).toEqual([...open].toSorted());
	}
}

test("a thousand nodes in a line, and a thousand side by side, are walked to their end", () => {
	const nodes = Array.from({ length: 1_000 }, (_, index): PlanNode => {
		return {
			id: `n${index}`,
			type: "shell",
			name: "N",
			config: {},
			onFailure: "stop",
			join: "all",
			position: { x: 0, y: 0 },
		};
	});
	const line = nodes.slice(1).map((node, index) => ({ from: `n${index}`, port: "out", to: node.id }));
	const fan = nodes.slice(1, -1).flatMap(({ id }) => [
		{ from: "n0", port: "out", to: id },
		{ from: id, port: "out", to: "n999" },
	]);
	for (const edges of [line, fan]) {
		const plan: Plan = testPlan(nodes, edges, { inputs: [], triggers: [], notes: [], settings: { timeoutSeconds: 1 } });
		const walk = new BodyWalk(indexPlan(plan));
		const queue = [...walk.takeProgress().ready];
		for (const id of queue) queue.push(...walk.settle(id, { status: "completed", port: "out" }).ready);
		expect(queue).toHaveLength(1_000);
		expect(walk.verdict).toBe("completed");
	}
});
