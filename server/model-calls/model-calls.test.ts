import { expect, onTestFinished, test, vi } from "vitest";
import { setWorkflowBudget } from "@/server/budgets/set-budget";
import { forgetEnv } from "@/server/env";
import { anthropicWire } from "@/server/llm/far-side/anthropic-wire";
import { startFarSide, type Trouble } from "@/server/llm/far-side/far-side";
import { userMessage } from "@/server/llm/messages";
import type { TokenPrice, Usage } from "@/server/runs/events";
import { appendTurn, chargeEnded } from "@/server/runs/store/agent-turns";
import { recordStep } from "@/server/runs/store/record-step";
import { insertTestRun, type TestRun } from "@/server/runs/test-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { findTeamProvider } from "./find-team-provider";
import { recordModelCall } from "./record-model-call";
import { testUsage } from "./test-usage";

const { database, team } = await setUpTestTeam();
const { sql } = database;

const price: TokenPrice = { input: 2, cacheRead: 0.2, cacheWrite: 2.5, output: 10, since: "2026-11-01" };

async function claimed({ runId }: TestRun) {
	await sql`
		insert into run_steps (run_id, node_id, status, attempt, owner, claim) values (${runId}, 'ask', 'running', 1, 'w', 1)`;
	return { runId, nodeId: "ask", iteration: "" };
}

const callsOf = (workflowId: string) => sql`
	select run_id, node_id, purpose, provider, cost_usd, estimated, notional, price from model_calls
	where workflow_id = ${workflowId} order by cost_usd`;

const spentOf = async (workflowId: string) => {
	const [row] =
		await sql`select cost_usd from month_spending where team_id = ${team.id} and workflow_id = ${workflowId}`;
	return row?.cost_usd;
};

function finish(step: { runId: string; nodeId: string; iteration: string }, usage: readonly Usage[], claim = 1) {
	return recordStep(sql, {
		...step,
		from: { status: "running", worker: "w", claim },
		to: { status: "completed", port: "out", output: null },
		events: [],
		usage,
	});
}

test("a step's calls are stored with it, each with the price that it was paid at, and only what was billed counts", async () => {
	const run = await insertTestRun(database, team.id);
	const step = await claimed(run);
	const usage = [
		testUsage({ price }),
		testUsage({ provider: "openai", costUsd: 0.2, estimated: true }),
		testUsage({ provider: "gemini", costUsd: 5, notional: true }),
	];
	expect(await finish(step, usage, 7)).toBe(false);
	expect(await callsOf(run.workflowId)).toHaveLength(0);
	expect(await finish(step, usage)).toBe(true);
	const place = { run_id: run.runId, node_id: "ask", purpose: "step" };
	expect(await callsOf(run.workflowId)).toEqual([
		{ ...place, provider: "anthropic", cost_usd: 0.1, estimated: false, notional: false, price },
		{ ...place, provider: "openai", cost_usd: 0.2, estimated: true, notional: false, price: null },
		{ ...place, provider: "gemini", cost_usd: 5, estimated: false, notional: true, price: null },
	]);
	const [stored] = await sql`select cost_usd, tokens from runs where id = ${run.runId}`;
	expect(stored).toEqual({ cost_usd: expect.closeTo(0.3), tokens: "450" });
	expect(await spentOf(run.workflowId)).toBeCloseTo(0.3);
});

test("a turn that is written twice is paid once", async () => {
	const run = await insertTestRun(database, team.id);
	const owned = { ...(await claimed(run)), worker: "w", claim: 1 };
	const turn = { seq: 1, entry: {}, sealed: null, events: [], usage: [testUsage()], takesAnswer: false };
	await appendTurn(sql, owned, turn);
	await appendTurn(sql, owned, turn);
	expect(await callsOf(run.workflowId)).toHaveLength(1);
	expect(await spentOf(run.workflowId)).toBeCloseTo(0.1);
});

test("what an agent has used before its run was cancelled is paid for, and only once", async () => {
	const run = await insertTestRun(database, team.id);
	const step = await claimed(run);
	const turn = { seq: 1, entry: {}, sealed: null, events: [], usage: [testUsage()], takesAnswer: false };
	await chargeEnded(sql, step, turn);
	expect(await callsOf(run.workflowId)).toHaveLength(0);
	await appendTurn(sql, { ...step, worker: "w", claim: 1 }, turn);
	await sql`update runs set status = 'cancelled', ended_at = now() where id = ${run.runId}`;
	await chargeEnded(sql, step, turn);
	expect(await callsOf(run.workflowId)).toHaveLength(1);
	await chargeEnded(sql, step, { ...turn, seq: 2 });
	const [stored] = await sql`select cost_usd from runs where id = ${run.runId}`;
	expect(stored).toEqual({ cost_usd: expect.closeTo(0.2) });
	expect(await spentOf(run.workflowId)).toBeCloseTo(0.2);
});

test("what a removed run has cost stays", async () => {
	const run = await insertTestRun(database, team.id);
	await finish(await claimed(run), [testUsage()]);
	await sql`delete from runs where id = ${run.runId}`;
	expect(await callsOf(run.workflowId)).toMatchObject([{ run_id: null, cost_usd: 0.1 }]);
});

test("calls outside of runs are the team's, at once too", async () => {
	const call = { teamId: team.id, userId: null, purpose: "prompt-test", usage: testUsage() } as const;
	await Promise.all(Array.from({ length: 20 }, () => recordModelCall(database.db, call)));
	expect(await spentOf("")).toBeCloseTo(2);
});

test("outside of runs budgets are asked before each call, and an answer that is stopped or cut off is paid for as far as it came", async () => {
	onTestFinished(forgetEnv);
	const run = await insertTestRun(database, team.id);
	const ask = async (trouble?: Trouble, onToken: (text: string, stop: AbortController) => void = () => {}) => {
		const far = await startFarSide(anthropicWire, trouble);
		vi.stubEnv("ANTHROPIC_API_KEY", "key");
		vi.stubEnv("ANTHROPIC_BASE_URL", far.url);
		forgetEnv();
		const paid = { teamId: team.id, workflowId: run.workflowId, purpose: "explain-workflow" as const };
		const provider = await findTeamProvider(team.members.editor, paid, { provider: "anthropic" });
		const stop = new AbortController();
		const request = { model: "claude-sonnet-5-5", messages: [userMessage("How many?")], maxTokens: 500 };
		const options = { signal: stop.signal, onToken: (text: string) => onToken(text, stop) };
		const outcome = provider.complete(request, options).then(
			() => "whole",
			(error: Error) => error.message,
		);
		return { outcome: await outcome, asked: far.asked.length };
	};
	const paid = async () => (await callsOf(run.workflowId)).map(({ estimated, purpose }) => [purpose, estimated]);
	expect(await ask()).toEqual({ outcome: "whole", asked: 1 });
	expect(await ask(undefined, (_, stop) => stop.abort())).toMatchObject({ asked: 1 });
	expect(await ask({ kind: "cut" })).toMatchObject({ asked: 1 });
	expect(await ask({ kind: "status", status: 500 })).toMatchObject({ asked: 1 });
	const known = ["explain-workflow", false];
	expect(await paid()).toEqual(expect.arrayContaining([known, ["explain-workflow", true], ["explain-workflow", true]]));
	expect(await paid()).toHaveLength(3);
	expect((await callsOf(run.workflowId)).every(({ cost_usd: cost }) => cost > 0)).toBe(true);
	await setWorkflowBudget(team.members.editor, { team: "acme", slug: run.slug, budget: "0" });
	expect(await ask()).toEqual({ outcome: expect.stringContaining("The budget of the workflow"), asked: 0 });
});
