import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import type { Outcome } from "@/server/plan/body-walk";
import type { Json } from "@/server/plan/json";
import type { NodeId, Plan } from "@/server/plan/plan";
import { bodyOf, indexPlan, type PlanIndex } from "@/server/plan/plan-graph";
import { readyNodes } from "@/server/plan/ready-nodes";
import type { RunEvent } from "@/server/runs/events";
import { stepKey } from "@/server/runs/state";
import { arbitraryRun } from "./arbitrary-runs";
import { innerIteration } from "./iteration-path";
import { readEvents, startPlan, startTestWorker, type TestWorker, untilRun } from "./test-world";

let database: TestDatabase;
let worker: TestWorker;
beforeAll(async () => {
	database = await createTestDatabase();
	worker = await startTestWorker(database);
});
afterAll(async () => {
	await worker.stop();
	await database.drop();
});

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

async function runToEnd(plan: Plan): Promise<Ended> {
	const runId = await startPlan(database, plan);
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

/** The plan's body, and those of all iterations that began. */
function bodiesOf({ index, rows }: Ended): BodyPlace[] {
	const bodies: BodyPlace[] = [{ iteration: "" }];
	for (const { nodeId, iteration, output } of rows.values()) {
		const isContainer = bodyOf(index, nodeId).length > 0;
		const count = isContainer
			? countIterations(output, (n) => isBegun({ index, rows }, nodeId, innerIteration(iteration, n)))
			: 0;
		for (let n = 0; n < count; n++) bodies.push({ parent: nodeId, iteration: innerIteration(iteration, n) });
	}
	return bodies;
}

function isBegun({ index, rows }: Pick<Ended, "index" | "rows">, parent: NodeId, iteration: string): boolean {
	return bodyOf(index, parent).some(({ node }) => rows.has(stepKey(node.id, iteration)));
}

/** A loop says how many it did; a for-each that stopped at an item did those that began. */
function countIterations(output: Json, isIterationBegun: (n: number) => boolean): number {
	if (typeof output !== "object" || output === null || Array.isArray(output)) return 0;
	if (typeof output.iterations === "number") return output.iterations;
	const total = typeof output.total === "number" ? output.total : 0;
	const failures = Array.isArray(output.failures) ? output.failures.length : 0;
	if (failures === 0) return total;
	return Array.from({ length: total }, (_, n) => n).filter(isIterationBegun).length;
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
	const { skipped, ready, verdict } = readyNodes(index, outcomes, parent);
	return {
		where: `${parent ?? "the plan"} ${iteration}`,
		verdict,
		expected: skipped.toSorted(),
		recorded: found.flatMap((row) => (typeof row !== "string" && row.status === "skipped" ? row.nodeId : [])).sort(),
		left: ready.filter((id) => !outcomes.has(id)),
		missing: found.filter((row) => typeof row === "string"),
	};
}

/** Starts of steps that came before the skip of a step that they wait for. */
function startsTooEarly({ index, events }: Ended): string[] {
	const skips = new Map<string, number>();
	for (const { type, nodeId, iteration, seq } of events)
		if (type === "step.skipped") skips.set(stepKey(nodeId ?? "", iteration), seq);
	return events.flatMap((event) => {
		const graph = event.type === "step.started" ? index.nodes.get(event.nodeId ?? "") : undefined;
		if (graph?.node.join !== "all") return [];
		const late = graph.incoming.filter(({ from }) => (skips.get(stepKey(from, event.iteration)) ?? 0) > event.seq);
		return late.map(({ from }) => `${from} before ${event.nodeId}`);
	});
}

function expectWhole(ended: Ended): void {
	expect(["completed", "failed"]).toContain(ended.status);
	for (const body of bodiesOf(ended)) {
		const { verdict, ...found } = compareBody(ended, body);
		expect(found.recorded, found.where).toEqual(found.expected);
		// A failure keeps steps from being reached: nothing is known of those.
		expect(verdict === "failed" ? [] : [...found.missing, ...found.left], found.where).toEqual([]);
	}
	const statuses = [...ended.rows.values()].map(({ status }) => status);
	expect(["completed", "failed", "skipped", "cancelled"]).toEqual(expect.arrayContaining(statuses));
	const skipped = [...ended.rows].flatMap(([key, { status }]) => (status === "skipped" ? key : []));
	const announced = ended.events.flatMap((e) =>
		e.type === "step.skipped" ? stepKey(e.nodeId ?? "", e.iteration) : [],
	);
	expect(announced.sort()).toEqual(skipped.sort());
	expect(startsTooEarly(ended)).toEqual([]);
}

describe("every step of a run that has ended", () => {
	test("has a record and its events, whatever the plan", async () => {
		const plans = fc.array(arbitraryRun({ without: ["approval"] }), { minLength: 5, maxLength: 5 });
		const property = fc.asyncProperty(plans, async (several) => {
			for (const ended of await Promise.all(several.map(runToEnd))) expectWhole(ended);
		});
		await fc.assert(property, { numRuns: 8, interruptAfterTimeLimit: 15_000 });
	});

	test("has it while another step waits", async () => {
		const nodes = [
			{ id: "ask", type: "approval", name: "Ask", config: { message: "Go on?" } },
			{ id: "big", type: "condition", name: "Big", config: { when: "1 > 2" } },
			{ id: "never", type: "transform", name: "Never", config: { code: "return 1", input: {} } },
		];
		const runId = await startPlan(database, { version: 1, nodes, edges: [{ from: "big", port: "true", to: "never" }] });
		const { steps } = await untilRun(database, runId, ({ steps: { never } }) => never?.phase.status === "skipped");
		expect(steps.ask?.phase.status).not.toBe("completed");
	});
});
