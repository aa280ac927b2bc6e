import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { innerIteration } from "@/server/execution/iteration-path";
import type { Outcome } from "@/server/plan/graph/body-walk";
import { bodyOf, indexPlan, type PlanIndex } from "@/server/plan/graph/index-plan";
import { readyNodes } from "@/server/plan/graph/ready-nodes";
import type { NodeId, Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import type { Json } from "@/server/plan/values/json";
import type { RunEvent } from "@/server/runs/events";
import { isEnded, type RunState, stepKey } from "@/server/runs/state";
import { endRun, type RunEnd } from "@/server/runs/store/end-run";
import { arbitraryRun } from "./arbitrary-runs";
import { findEarlyStarts } from "./early-starts";
import { readEvents, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker();

interface Row {
	nodeId: NodeId;
	iteration: string;
	status: string;
	port: string | null;
	output: Json;
}

interface Ended {
	index: PlanIndex;
	status: string;
	rows: ReadonlyMap<string, Row>;
	events: RunEvent[];
}

/** How a run is ended from outside: after so many events, or where it waits for somebody before that. */
interface Stop {
	after: number;
	end: RunEnd;
}

const stop: fc.Arbitrary<Stop> = fc.record({
	after: fc.nat({ max: 40 }),
	end: fc.constantFrom<RunEnd>(
		{ status: "cancelled", actor: { kind: "system", name: "test" } },
		{ status: "timed_out", limitSeconds: 60 },
		{ status: "failed", error: { message: "Given up.", code: "engine" } },
	),
});

function isDue({ seq, steps, phase }: RunState, after: number): boolean {
	const asks = Object.values(steps).some(({ phase }) => phase.status === "waiting" && phase.wait.for === "approval");
	return seq >= after || asks || isEnded(phase.status);
}

async function runToEnd(plan: Plan, stop?: Stop): Promise<Ended> {
	const runId = await startPlan(database, plan);
	if (stop !== undefined) {
		await untilRun(database, runId, (state) => isDue(state, stop.after));
		await endRun(database.sql, runId, { end: stop.end });
	}
	const { phase } = await untilRun(database, runId);
	const rows = await database.sql<Row[]>`
		select node_id as "nodeId", iteration, status, port, output from run_steps where run_id = ${runId}`;
	return {
		index: indexPlan(plan),
		status: phase.status,
		rows: new Map(rows.map((row) => [stepKey(row.nodeId, row.iteration), row])),
		events: await readEvents(database, runId),
	};
}

interface BodyPlace {
	parent?: NodeId;
	iteration: string;
}

/** The plan's body, and those of all iterations that began: by what is recorded in them, and by what containers say. */
function bodiesOf({ index, rows }: Ended): BodyPlace[] {
	const bodies = new Map<string, BodyPlace>([["", { iteration: "" }]]);
	for (const { nodeId, iteration, output } of rows.values()) {
		const begun = Array.from({ length: countIterations(output) }, (_, n) => innerIteration(iteration, n));
		for (const inside of begun) bodies.set(stepKey(nodeId, inside), { parent: nodeId, iteration: inside });
		const parent = index.nodes.get(nodeId)?.node.parent;
		if (parent !== undefined) bodies.set(stepKey(parent, iteration), { parent, iteration });
	}
	return [...bodies.values()];
}

/** A loop says how many it did, and a for-each how many items began; one that was cut off says nothing. */
function countIterations(output: Json): number {
	if (typeof output !== "object" || output === null || Array.isArray(output)) return 0;
	const count = output.iterations ?? output.ran;
	return typeof count === "number" ? count : 0;
}

/** What the records of a body's steps that ran say about all others, and what is recorded about those. */
function compareBody({ index, rows }: Ended, { parent, iteration }: BodyPlace) {
	const found = bodyOf(index, parent).map(({ node }) => rows.get(stepKey(node.id, iteration)) ?? node.id);
	const outcomes = new Map<NodeId, Outcome>();
	for (const row of found) {
		if (typeof row === "string") continue;
		if (row.status === "completed") outcomes.set(row.nodeId, { status: "completed", port: row.port ?? "out" });
		if (row.status === "failed") outcomes.set(row.nodeId, { status: "failed" });
	}
	const { skipped, ready } = readyNodes(index, outcomes, parent);
	return {
		where: `${parent ?? "the plan"} ${iteration}`,
		expected: skipped.toSorted(),
		recorded: found.flatMap((row) => (typeof row !== "string" && row.status === "skipped" ? row.nodeId : [])).sort(),
		left: ready.filter((id) => !outcomes.has(id)),
		missing: found.filter((row) => typeof row === "string"),
	};
}

function expectWhole(ended: Ended): void {
	for (const body of bodiesOf(ended)) {
		const { where, missing, expected, recorded, left } = compareBody(ended, body);
		expect(missing, where).toEqual([]);
		// An end from outside may come before a skip was recorded: then the step was not reached.
		expect(expected, where).toEqual(expect.arrayContaining(recorded));
		if (ended.status === "completed") expect([recorded, left], where).toEqual([expected, []]);
	}
	const statuses = [...ended.rows.values()].map(({ status }) => status);
	expect(["completed", "failed", "skipped", "cancelled", "not_reached"]).toEqual(expect.arrayContaining(statuses));
	expectEvents(ended);
	expect(findEarlyStarts(ended.index, ended.events)).toEqual([]);
}

/** What is recorded without having been begun has its event, once. */
function expectEvents({ rows, events }: Ended): void {
	const recordedAs = (wanted: string) =>
		[...rows].flatMap(([key, { status }]) => (status === wanted ? key : [])).sort();
	const skipped = events.flatMap((e) => (e.type === "step.skipped" ? stepKey(e.nodeId ?? "", e.iteration) : []));
	expect(skipped.sort()).toEqual(recordedAs("skipped"));
	const notReached = events.flatMap((e) => (e.type === "steps.not_reached" ? e.data.steps : []));
	expect(notReached.map((step) => stepKey(step.nodeId, step.iteration)).sort()).toEqual(recordedAs("not_reached"));
	expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
}

const together = 5;
const several = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: together, maxLength: together });

describe("every step of a run that has ended", () => {
	test("has a record and its events, whatever the plan", async () => {
		const property = fc.asyncProperty(several(arbitraryRun({ without: ["approval"] })), async (plans) => {
			for (const ended of await Promise.all(plans.map((plan) => runToEnd(plan)))) expectWhole(ended);
		});
		await fc.assert(property, { numRuns: 8, interruptAfterTimeLimit: 15_000 });
	});

	test("has it wherever the run was ended from outside", async () => {
		const property = fc.asyncProperty(several(fc.tuple(arbitraryRun(), stop)), async (stopped) => {
			for (const ended of await Promise.all(stopped.map((one) => runToEnd(...one)))) expectWhole(ended);
		});
		await fc.assert(property, { numRuns: 8, interruptAfterTimeLimit: 15_000 });
	});

	test("has it while another step waits", async () => {
		const nodes = [
			{ id: "ask", type: "approval", name: "Ask", config: { message: "Go on?" } },
			{ id: "big", type: "condition", name: "Big", config: { when: "1 > 2" } },
			{ id: "never", type: "transform", name: "Never", config: { code: "return 1", input: {} } },
		];
		const runId = await startPlan(database, testPlan(nodes, ["big.true -> never"]));
		const { steps } = await untilRun(database, runId, ({ steps: { never } }) => never?.phase.status === "skipped");
		expect(steps.ask?.phase.status).not.toBe("completed");
	});
});
