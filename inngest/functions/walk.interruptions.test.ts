import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { createFairSlots } from "@/server/execution/fair-slots";
import { createRunCache } from "@/server/execution/run-cache";
import type { StepServices } from "@/server/execution/step-services";
import { walkRun } from "@/server/execution/walk-run";
import { indexPlan } from "@/server/plan/graph/index-plan";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { toJsonText } from "@/server/runs/store/json-text";
import { arbitraryRun } from "./arbitrary-runs";
import { type Crash, createCrashingSql } from "./crashing-sql";
import { findEarlyStarts } from "./early-starts";
import { readEvents, startPlan } from "./test-runs";
import { openTestTeamKey, setUpServices } from "./test-worker";

const { database, worker: base } = await setUpServices();

/** Decides whatever is asked. */
async function decide(runId: string): Promise<void> {
	const decided = {
		for: "approval",
		decision: "approved",
		actor: { kind: "system", name: "test" },
		values: {},
		at: "now",
	};
	await database.sql`
		update run_steps set answer = ${toJsonText(decided)}::text::jsonb
		where run_id = ${runId} and status = 'waiting' and retry_at is null`;
}

interface Death {
	/** Where in the undisturbed run's statements: from 0 to 1. */
	moment: number;
	when: Crash["when"];
}

/** Walks a run with a worker of its own until it ends, or until the worker dies; returns how many statements that took. */
async function walkOnce(runId: string, crash?: Crash) {
	const { sql, crashed, settled, count } = createCrashingSql(database.sql, crash);
	const services: StepServices = {
		...base.services,
		worker: newId(),
		sql,
		cache: createRunCache(sql, openTestTeamKey),
		slots: createFairSlots(4),
		cpuSlots: createFairSlots(2),
	};
	const end = await Promise.race([walkToEnd(services, runId), crashed.then(() => "crashed" as const)]);
	await settled();
	return { end, statements: count() };
}

async function walkToEnd(services: StepServices, runId: string): Promise<"ended"> {
	for (;;) {
		const answer = await walkRun(services, runId);
		if (answer.status === "ended") return "ended";
		if (answer.status !== "waiting") throw new Error("Nobody has paused the run.");
		if (answer.answer) await decide(runId);
		else await pause(Math.max(0, (answer.until ?? 0) - Date.now()));
	}
}

async function runUndisturbed(plan: Plan) {
	const runId = await startPlan(database, plan);
	const { statements } = await walkOnce(runId);
	return { outcome: await readOutcome(runId), statements };
}

async function interrupt(plan: Plan, deaths: readonly Death[], statements: number) {
	const runId = await startPlan(database, plan);
	for (const { moment, when } of deaths) {
		const statement = 1 + Math.floor(moment * statements);
		if ((await walkOnce(runId, { statement, when })).end === "ended")
			return { outcome: await readOutcome(runId), runId };
	}
	await walkOnce(runId);
	return { outcome: await readOutcome(runId), runId };
}

async function compareOutcomes(plan: Plan, deaths: readonly Death[]): Promise<void> {
	const { outcome, statements } = await runUndisturbed(plan);
	const { outcome: taken, runId } = await interrupt(plan, deaths, statements);
	expect(taken).toEqual(outcome);
	expect(findEarlyStarts(indexPlan(plan), await readEvents(database, runId))).toEqual([]);
}

/** The way that a run took: what became of each step, without the times. */
async function readOutcome(runId: string) {
	const [run] = await database.sql`select status, output from runs where id = ${runId}`;
	const steps = await database.sql`
		select node_id, iteration, status, port, output from run_steps where run_id = ${runId} order by node_id, iteration`;
	const text = JSON.stringify({ run, steps }, (key, value) => (key === "wokeAt" || key === "at" ? "a time" : value));
	return JSON.parse(text);
}

const death: fc.Arbitrary<Death> = fc.record({
	moment: fc.nat({ max: 99 }).map((percent) => percent / 100),
	when: fc.constantFrom("before" as const, "after" as const),
});
const interruption = fc.tuple(arbitraryRun({ isOrdered: true }), fc.array(death, { minLength: 1, maxLength: 2 }));

const eachUntilThree: Plan = testPlan([
	{ id: "each", type: "for-each", name: "Each", config: { items: [1, 2, 3, 4, 5], stopWhen: "state.n >= 3" } },
	{ id: "count", type: "state", name: "Count", parent: "each", config: { action: "increment", key: "n" } },
]);

/** Skips that go with a wake-up, with the check after an item and with the end of a container. */
const skipsEverywhere: Plan = testPlan(
	[
		{ id: "nap", type: "delay", name: "Nap", config: { seconds: 0.01 } },
		{ id: "check", type: "condition", name: "Check", config: { when: "1 > 2" } },
		{ id: "yes", type: "transform", name: "Yes", config: { code: "return 1", input: {} } },
		{ id: "both", type: "transform", name: "Both", config: { code: "return 2", input: {} } },
		{ id: "each", type: "for-each", name: "Each", config: { items: [1, 2], stopWhen: "item == 1" } },
		{ id: "odd", type: "condition", name: "Odd", parent: "each", config: { when: "1 > 2" } },
		{ id: "never", type: "transform", name: "Never", parent: "each", config: { code: "return 3", input: {} } },
	],
	["check.true -> yes", "yes -> both", "nap -> both", "both -> each", "odd.true -> never"],
);

/** Runs of a plan, each of which loses its worker at another statement. */
async function crashEverywhere(plan: Plan, statements: number, moments: readonly Crash["when"][]): Promise<string[]> {
	const all = Array.from({ length: statements }, (_, index) => index + 1);
	const crashes = all.flatMap((statement) => moments.map((when) => ({ statement, when })));
	const runs = crashes.map(async (crash) => {
		const runId = await startPlan(database, plan);
		if ((await walkOnce(runId, crash)).end === "crashed") await walkOnce(runId);
		return runId;
	});
	return await Promise.all(runs);
}

describe("a run whose worker dies anywhere", () => {
	test("counts each item once, and stops after the same one", async () => {
		const { outcome, statements } = await runUndisturbed(eachUntilThree);
		expect(outcome.steps.find(({ node_id }: { node_id: string }) => node_id === "each").output).toMatchObject({
			results: [{ value: 1 }, { value: 2 }, { value: 3 }],
			...{ total: 5, ran: 3, stopped: true },
		});
		const runIds = await crashEverywhere(eachUntilThree, statements, ["before", "after"]);
		expect(await Promise.all(runIds.map(readOutcome))).toEqual(runIds.map(() => outcome));
	});

	test("logs what is skipped before the start that it makes possible", async () => {
		const { outcome, statements } = await runUndisturbed(skipsEverywhere);
		const skipped = outcome.steps.filter(({ status }: { status: string }) => status === "skipped");
		expect(skipped.map((step: { node_id: string; iteration: string }) => [step.node_id, step.iteration])).toEqual([
			["never", "0"],
			["yes", ""],
		]);
		const runIds = await crashEverywhere(skipsEverywhere, statements, ["after"]);
		expect(await Promise.all(runIds.map(readOutcome))).toEqual(runIds.map(() => outcome));
		const early = runIds.map(async (runId) =>
			findEarlyStarts(indexPlan(skipsEverywhere), await readEvents(database, runId)),
		);
		expect((await Promise.all(early)).flat()).toEqual([]);
	}, 60_000);

	test("goes the way of one that is left alone", async () => {
		const several = fc.array(interruption, { minLength: 6, maxLength: 6 });
		const property = fc.asyncProperty(several, async (all) => {
			for (const ended of await Promise.allSettled(all.map((one) => compareOutcomes(...one)))) {
				if (ended.status === "rejected") throw ended.reason;
			}
		});
		await fc.assert(property, { numRuns: 8, endOnFailure: true, interruptAfterTimeLimit: 15_000 });
	});
});
