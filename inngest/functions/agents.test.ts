import { readdir, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { createFairSlots } from "@/server/execution/fair-slots";
import { createRunCache } from "@/server/execution/run-cache";
import { walkRun } from "@/server/execution/walk-run";
import { startTestServer } from "@/server/http/test-server";
import { createScriptedModel } from "@/server/llm/scripted-model";
import type { Plan } from "@/server/plan/plan";
import { step, testPlan } from "@/server/plan/test-plan";
import { cancelRun } from "@/server/runs/verbs/cancel-run";
import { createTestTeam } from "@/server/teams/test-team";
import { createCrashingSql } from "./crashing-sql";
import { insertWorkflow, readState, startWorkflow } from "./test-runs";
import { openTestTeamKey, setUpServices } from "./test-worker";

const { database, worker: base } = await setUpServices();
const team = await createTestTeam(database, "acme");
const server = await startTestServer((request, response) => {
	response.setHeader("content-type", "text/plain");
	response.end(`${request.url} `.repeat(1_000));
});
afterAll(() => server.close());

const agent = (config: object, parent?: string) =>
	step(
		"work",
		"agent",
		{ provider: "anthropic", prompt: "Look.", httpHosts: [new URL(server.origin).host], ...config },
		{ parent },
	);

async function start(plan: Plan): Promise<string> {
	const workflowId = await insertWorkflow(database, team.id, plan);
	return (await startWorkflow(database, { teamId: team.id, workflowId, plan })).runId;
}

async function walk(runId: string, model: ReturnType<typeof createScriptedModel>): Promise<number> {
	const { sql, count } = createCrashingSql(database.sql);
	const cache = createRunCache(sql, openTestTeamKey);
	const slots = { slots: createFairSlots(32), cpuSlots: createFairSlots(2) };
	await walkRun({ ...base.services, ...slots, worker: newId(), sql, cache, llm: () => model.provider }, runId);
	return count();
}

const reads = (turn: number) => ({ calls: [{ name: "http", input: { url: `${server.origin}/${turn}` } }] });

test("an agent of 200 turns takes no more memory, and no more statements a turn, than one of 40", {
	timeout: 60_000,
}, async () => {
	setFlagsFromString("--expose-gc");
	const collect: () => void = runInNewContext("gc");
	async function measure(turns: number): Promise<{ heap: number; statements: number; sent: number }> {
		let [taken, length, sent] = [0, 0, 0];
		const model = createScriptedModel(
			(_turn, { tools, messages }) => {
				length = JSON.stringify(messages).length;
				sent = Math.max(sent, length);
				model.asked.splice(0);
				if (tools === undefined) return { text: "Sum." };
				return ++taken <= turns ? reads(taken) : { text: "Done." };
			},
			// As long as what is sent: a summary makes it short again.
			() => Math.ceil(length / 3),
		);
		collect();
		const before = process.memoryUsage().heapUsed;
		const runId = await start(
			testPlan([
				agent({ tools: ["http"], maxTurns: 1_000, maxTokens: 100_000_000, maxCostUsd: 100, compactTokens: 20_000 }),
			]),
		);
		const statements = await walk(runId, model);
		server.requests.splice(0);
		const { phase, steps } = await readState(database, runId);
		expect([phase.status, steps.work?.turns?.length]).toEqual(["completed", turns + 1]);
		collect();
		return { heap: process.memoryUsage().heapUsed - before, statements: statements / turns, sent };
	}
	await measure(10);
	const few = await measure(40);
	const many = await measure(200);
	expect(many.statements).toBeLessThan(few.statements + 1);
	expect(many.statements).toBeLessThan(6);
	expect(many.heap - few.heap).toBeLessThan(20_000_000);
	expect(many.sent).toBeLessThan(few.sent * 3);
});

test("twenty agents at once end in one run, each with its own turns", { timeout: 60_000 }, async () => {
	const model = createScriptedModel((turn) => (turn < 4 ? reads(turn) : { text: "Done." }));
	const items = Array.from({ length: 20 }, (_, index) => index);
	const each = step("each", "for-each", { items, parallel: 20 });
	const runId = await start(testPlan([each, agent({ tools: ["http"] }, "each")]));
	await walk(runId, model);
	const { phase, steps, costUsd } = await readState(database, runId);
	expect(phase.status).toBe("completed");
	expect(items.map((index) => steps[`work#${index}`]?.turns?.length)).toEqual(items.map(() => 4));
	expect(costUsd).toBeCloseTo(0.8);
});

test("cancelling a run ends what a tool of its agent has started", { timeout: 60_000 }, async () => {
	const seconds = `3600.${process.pid}${Date.now()}`;
	const model = createScriptedModel(() => ({
		calls: [{ name: "shell", input: { command: `sleep ${seconds} & sleep ${seconds}` } }],
	}));
	const runId = await start(testPlan([agent({ tools: ["shell"], approvals: "outside", network: "on" })]));
	const walked = walk(runId, model);
	await until(async () => (await findProcesses(seconds)) >= 2);
	await cancelRun(team.members.owner, { team: "acme", runId });
	await walked;
	await until(async () => (await findProcesses(seconds)) === 0);
	expect((await readState(database, runId)).phase.status).toBe("cancelled");
});

/** How many processes have a word among their arguments, but for shells. */
async function findProcesses(word: string): Promise<number> {
	const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
	const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")));
	return lines.filter((line) => line.startsWith("sleep") && line.includes(word)).length;
}

async function until(isReached: () => Promise<boolean>): Promise<void> {
	while (!(await isReached())) await pause(20);
}
