import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { beginRun } from "@/server/runs/begin-run";
import { type Durable, durableByRecords } from "./durable";
import type { RunFacts } from "./run-memory";
import { createSkips } from "./skips";
import { readEvents, startPlan, startTestWorld, type TestWorker } from "./test-world";
import { walkBody } from "./walk-body";

let database: TestDatabase;
let worker: TestWorker;
beforeAll(async () => {
	database = await createTestDatabase();
	worker = await startTestWorld(database);
});
afterAll(async () => {
	await worker.stop();
	await database.drop();
});

const shell = (id: string, command = "true") => ({ id, type: "shell", name: id, config: { command } });
const edge = (from: string, to: string) => ({ from, to });

/** A run that no engine drives, with two branches that meet again. */
async function beginBranches(commands: { left?: string; right?: string } = {}): Promise<RunFacts> {
	const nodes = [shell("first"), shell("left", commands.left), shell("right", commands.right), shell("last")];
	const edges = [edge("first", "left"), edge("first", "right"), edge("left", "last"), edge("right", "last")];
	const runId = await startPlan(database, { version: 1, nodes, edges });
	await beginRun(database.sql, runId, 60);
	const facts = await worker.world.memory.facts(runId);
	if (facts === undefined) throw new Error("The run was not stored.");
	return facts;
}

/** The database goes away while these steps are walked. */
function losing(ids: readonly string[]): Durable {
	const durable = durableByRecords(new AbortController().signal);
	return {
		...durable,
		run: async (id, effect) => {
			if (!ids.includes(id)) return await effect();
			await pause(100);
			throw new Error(`The connection was lost in ${id}.`);
		},
	};
}

async function walk(facts: RunFacts, durable: Durable) {
	return await walkBody(
		{ world: worker.world, facts, durable, skips: createSkips(worker.world, facts.id) },
		{ iteration: "" },
	);
}

async function completedSteps(facts: RunFacts): Promise<string[]> {
	const events = await readEvents(database, facts.id);
	return events.flatMap((event) => (event.type === "step.completed" ? [event.nodeId ?? ""] : [])).sort();
}

describe("a walk that loses the database", () => {
	test.each([
		["in both branches at once", ["left", "right"], {}],
		["in the branch that is left", ["right"], {}],
		["in one of two branches", ["left"], { right: "sleep 0.3" }],
		["in a step that is alone", ["last"], {}],
	])("%s breaks off, and the next one does what is missing", async (_where, lost, commands) => {
		const facts = await beginBranches(commands);
		await expect(walk(facts, losing(lost))).rejects.toThrow("The connection was lost");
		expect(await walk(facts, losing([]))).toBe("completed");
		expect(await completedSteps(facts)).toEqual(["first", "last", "left", "right"]);
	});
});
