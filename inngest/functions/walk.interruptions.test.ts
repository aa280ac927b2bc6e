import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import type { Json } from "@/server/plan/json";
import { type Plan, planSchema } from "@/server/plan/plan";
import { beginRun } from "@/server/runs/begin-run";
import { toJsonText } from "@/server/runs/json-text";
import { createFairSlots } from "../fair-slots";
import { arbitraryRun } from "./arbitrary-runs";
import { type Crash, createCrashingSql } from "./crashing-sql";
import { type Durable, sleep } from "./durable";
import { finishRun } from "./finish-run";
import { createRunMemory } from "./run-memory";
import { createSkips } from "./skips";
import { openTestTeamKey, startPlan, startTestWorld, type TestWorker } from "./test-world";
import { walkBody } from "./walk-body";
import type { StepWorld } from "./world";

let database: TestDatabase;
let base: TestWorker;
beforeAll(async () => {
	database = await createTestDatabase();
	base = await startTestWorld(database);
});
afterAll(async () => {
	await base.stop();
	await database.drop();
});

/** What an engine remembers of a run: the answers of its durable steps, in the order in which they came. */
class Journal {
	readonly answers = new Map<string, Json>();

	/** The engine was not told of the last ones yet. */
	forget(count: number): void {
		for (const id of [...this.answers.keys()].slice(this.answers.size - count)) this.answers.delete(id);
	}
}

/** Durable by a journal: answers that are known come back in their order, as from the SDK. */
function durableByJournal(journal: Journal): Durable {
	const known = [...journal.answers];
	const asked = new Map<string, () => void>();
	let delivered = 0;

	function deliver(): void {
		const deliverNext = asked.get(known[delivered]?.[0] ?? "");
		if (deliverNext === undefined) return;
		delivered++;
		deliverNext();
		setImmediate(deliver);
	}

	async function once<Answer extends Json>(id: string, effect: () => Promise<Answer>): Promise<Answer> {
		const index = known.findIndex(([knownId]) => knownId === id);
		if (index !== -1) {
			await new Promise<void>((resolve) => {
				asked.set(id, resolve);
				deliver();
			});
			return asAnswer<Answer>(known[index]?.[1]);
		}
		const answer = await effect();
		journal.answers.set(id, asAnswer<Json>(JSON.parse(JSON.stringify(answer ?? null))));
		return answer;
	}

	const durable: Durable = {
		isInStep: false,
		run: once,
		sideBySide: (region) => region(),
		async sleepUntil(id, at) {
			await once(id, async () => {
				await sleep(at - Date.now(), new AbortController().signal);
				return null;
			});
		},
		waitForEvent: async (id, { runId, step = "" }) => await once(id, () => decide(runId, step)),
		nested: () => durable,
	};
	return durable;
}

/** A journal holds what was put into it under the same id. */
function asAnswer<Answer>(value: unknown): Answer {
	return value as Answer;
}

async function decide(runId: string, step: string): Promise<boolean> {
	const [nodeId = "", iteration = ""] = step.split("#");
	const decision = { decision: "approved", actor: { kind: "system", name: "test" }, values: {}, at: "now" };
	await database.sql`
		update run_steps set decision = ${toJsonText(decision)}::text::jsonb
		where run_id = ${runId} and node_id = ${nodeId} and iteration = ${iteration}`;
	return true;
}

interface Death {
	/** Where in the undisturbed run's statements: from 0 to 1. */
	moment: number;
	when: Crash["when"];
	/** Answers that the engine was not told of. */
	forgotten: number;
}

/** Walks a run with a worker of its own until it ends, or until the worker dies; returns how many statements that took. */
async function walkOnce(runId: string, journal: Journal, crash?: Crash) {
	const { sql, crashed, settled, count } = createCrashingSql(database.sql, crash);
	const world: StepWorld = {
		...base.world,
		worker: newId(),
		sql,
		memory: createRunMemory(sql, openTestTeamKey),
		slots: createFairSlots(4),
	};
	const end = await Promise.race([walkToEnd(world, runId, journal), crashed.then(() => "crashed" as const)]);
	await settled();
	return { end, statements: count() };
}

async function walkToEnd(world: StepWorld, runId: string, journal: Journal): Promise<"ended"> {
	const facts = await world.memory.facts(runId);
	if (facts === undefined) throw new Error("The run was not stored.");
	const durable = durableByJournal(journal);
	const skips = createSkips(world, runId);
	const verdict = await walkBody({ world, facts, durable, skips }, { iteration: "" });
	await finishRun(world, facts, { verdict, skips });
	return "ended";
}

async function begin(plan: Plan): Promise<string> {
	const runId = await startPlan(database, plan);
	await beginRun(database.sql, runId, 600);
	return runId;
}

async function leaveAlone(plan: Plan) {
	const runId = await begin(plan);
	const { statements } = await walkOnce(runId, new Journal());
	return { way: await readWay(runId), statements };
}

async function interrupt(plan: Plan, deaths: readonly Death[], statements: number) {
	const runId = await begin(plan);
	const journal = new Journal();
	for (const { moment, when, forgotten } of deaths) {
		const statement = 1 + Math.floor(moment * statements);
		if ((await walkOnce(runId, journal, { statement, when })).end === "ended") return await readWay(runId);
		journal.forget(forgotten);
	}
	await walkOnce(runId, journal);
	return await readWay(runId);
}

async function compareWays(plan: Plan, deaths: readonly Death[]): Promise<void> {
	const { way, statements } = await leaveAlone(plan);
	expect(await interrupt(plan, deaths, statements)).toEqual(way);
}

/** The way that a run took: what became of each step, without the times. */
async function readWay(runId: string) {
	const [run] = await database.sql`select status, output from runs where id = ${runId}`;
	const steps = await database.sql`
		select node_id, iteration, status, port, output from run_steps where run_id = ${runId} order by node_id, iteration`;
	const text = JSON.stringify({ run, steps }, (key, value) => (key === "wokeAt" || key === "at" ? "a time" : value));
	return JSON.parse(text);
}

const death: fc.Arbitrary<Death> = fc.record({
	moment: fc.nat({ max: 99 }).map((percent) => percent / 100),
	when: fc.constantFrom("before" as const, "after" as const),
	forgotten: fc.nat({ max: 5 }),
});
const interruption = fc.tuple(arbitraryRun({ isOrdered: true }), fc.array(death, { minLength: 1, maxLength: 2 }));

const eachUntilThree: Plan = planSchema.parse({
	version: 1,
	nodes: [
		{ id: "each", type: "for-each", name: "Each", config: { items: [1, 2, 3, 4, 5], stopWhen: "state.n >= 3" } },
		{ id: "count", type: "state", name: "Count", parent: "each", config: { action: "increment", key: "n" } },
	],
	edges: [],
});

describe("a run whose worker dies anywhere", () => {
	test("counts each item once, and stops after the same one", async () => {
		const { way, statements } = await leaveAlone(eachUntilThree);
		expect(way.steps.find(({ node_id }: { node_id: string }) => node_id === "each").output).toMatchObject({
			results: [{ value: 1 }, { value: 2 }, { value: 3 }],
			...{ total: 5, ran: 3, stopped: true },
		});
		const deaths = Array.from({ length: statements }, (_, index) => index + 1).flatMap((statement) => [
			{ statement, when: "before" as const },
			{ statement, when: "after" as const },
		]);
		const ways = deaths.map(async (crash) => {
			const runId = await begin(eachUntilThree);
			const journal = new Journal();
			if ((await walkOnce(runId, journal, crash)).end === "crashed") await walkOnce(runId, journal);
			return await readWay(runId);
		});
		expect(await Promise.all(ways)).toEqual(deaths.map(() => way));
	});

	test("goes the way of one that is left alone", async () => {
		const several = fc.array(interruption, { minLength: 6, maxLength: 6 });
		const property = fc.asyncProperty(several, async (all) => {
			for (const ended of await Promise.allSettled(all.map((one) => compareWays(...one)))) {
				if (ended.status === "rejected") throw ended.reason;
			}
		});
		await fc.assert(property, { numRuns: 8, endOnFailure: true, interruptAfterTimeLimit: 15_000 });
	});
});
