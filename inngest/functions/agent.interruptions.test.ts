import { afterAll, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { createFairSlots } from "@/server/execution/fair-slots";
import { createRunCache } from "@/server/execution/run-cache";
import { walkRun } from "@/server/execution/walk-run";
import { startTestServer } from "@/server/http/test-server";
import type { LlmMessage } from "@/server/llm/messages";
import { createScriptedModel } from "@/server/llm/scripted-model";
import { step, testPlan } from "@/server/plan/test-plan";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { pauseRun } from "@/server/runs/verbs/pause-run";
import { resumeRun } from "@/server/runs/verbs/resume-run";
import { startLiveness } from "@/server/runs/workers/worker-liveness";
import { createTestTeam } from "@/server/teams/test-team";
import { type Crash, createCrashingSql } from "./crashing-sql";
import { insertWorkflow, startWorkflow } from "./test-runs";
import { openTestTeamKey, setUpServices } from "./test-worker";

const { database, worker: base } = await setUpServices();
const { id: teamId, slug, members } = await createTestTeam(database, "acme");

const server = await startTestServer((_, response) => {
	response.setHeader("content-type", "text/plain");
	response.end("done");
});
afterAll(() => server.close());

/** It acts once, asks somebody, and ends with what it has read. */
const { provider } = createScriptedModel((turn, { messages, system }) => {
	const url = `${server.origin}/${system?.split("/").at(-1)}`;
	if (turn === 1) return { calls: [{ name: "http", input: { method: "POST", url } }] };
	if (turn === 2) return { calls: [{ name: "ask_human", input: { question: "Go on?" } }] };
	return { text: lastResult(messages) };
});
const PLAN = testPlan([
	step("work", "agent", {
		...{ provider: "anthropic", prompt: "Do it once.", instructions: "You are /{{ run.id }}" },
		...{ tools: ["http", "ask_human"], approvals: "outside", waitSeconds: 600 },
		httpHosts: [new URL(server.origin).host],
	}),
]);
const workflowId = await insertWorkflow(database, teamId, PLAN);

async function start(): Promise<string> {
	return (await startWorkflow(database, { teamId, workflowId, plan: PLAN })).runId;
}

/** Walks a run with a worker of its own until it waits or ends, or until the worker dies; returns the statements it took. */
async function walk(
	runId: string,
	{ crash, worker = newId() }: { crash?: Crash; worker?: string } = {},
): Promise<number> {
	const { sql, crashed, settled, count } = createCrashingSql(database.sql, crash);
	const cache = createRunCache(sql, openTestTeamKey);
	const slots = { slots: createFairSlots(4), cpuSlots: createFairSlots(2) };
	const services = { ...base.services, ...slots, worker, sql, cache, llm: () => provider };
	await Promise.race([walkRun(services, runId), crashed]);
	await settled();
	return count();
}

async function answer(runId: string): Promise<void> {
	const place = { team: slug, runId, nodeId: "work", iteration: "", question: "2 2-0" };
	await decideApproval(members.owner, { ...place, decision: "approved", values: { answer: "Yes, go on." } });
}

interface Outcome {
	status: string;
	cost: number;
	kinds: string[];
	turns: number;
	asked: number;
	/** How its call ended. */
	act: string;
	text: string;
}

/** What has become of a run: how often it acted, what it recorded and asked, what it cost, and its result. */
async function readOutcome(runId: string) {
	const [row] = await database.sql<Outcome[]>`
		select r.status, round(r.cost_usd::numeric, 2)::float8 as cost,
			(select json_agg(t.entry->>'kind' order by t.seq) from agent_turns t where t.run_id = r.id) as kinds,
			(select s.output->>'text' from run_steps s where s.run_id = r.id and s.node_id = 'work') as text,
			(select count(*)::int from run_events e where e.run_id = r.id and e.type = 'agent.turn') as turns,
			(select count(*)::int from run_events e where e.run_id = r.id and e.type = 'step.waiting') as asked,
			(select t.entry->>'state' from agent_turns t where t.run_id = r.id and t.entry->>'id' = '1-0'
				and t.entry->>'kind' = 'result') as act
		from runs r where r.id = ${runId}`;
	if (row === undefined) throw new Error("There is no such run.");
	return { ...row, acts: server.requests.filter(({ path }) => path === `/${runId}`).length };
}

test("an agent whose worker dies anywhere goes on where it was, acts once and asks once", async () => {
	const whole = await start();
	const before = await walk(whole);
	await answer(whole);
	const after = await walk(whole);
	const expected = {
		...{ status: "completed", cost: 0.03, turns: 3, asked: 1, act: "ok", acts: 1 },
		kinds: ["turn", "began", "result", "turn", "result", "turn"],
		text: "acme owner answered:\nanswer: Yes, go on.",
	};
	expect(await readOutcome(whole)).toEqual(expected);
	const crashes = (count: number) =>
		Array.from({ length: count }, (_, index) => index + 1).flatMap((statement) => [
			{ statement, when: "before" as const },
			{ statement, when: "after" as const },
		]);
	const runs: { first?: Crash; second?: Crash }[] = [
		...crashes(before).map((crash) => ({ first: crash })),
		...crashes(after).map((crash) => ({ second: crash })),
	];
	const outcomes = await Promise.all(
		runs.map(async ({ first, second }) => {
			const runId = await start();
			await walk(runId, { ...(first && { crash: first }) });
			if (first) await walk(runId);
			await answer(runId);
			await walk(runId, { ...(second && { crash: second }) });
			if (second) await walk(runId);
			return await readOutcome(runId);
		}),
	);
	const lost = outcomes.filter(({ act }) => act === "lost");
	// Begun, and nobody knows how far it came: told to the model, and not done again.
	expect(lost.length).toBeGreaterThan(0);
	expect(lost.every(({ acts }) => acts <= 1)).toBe(true);
	expect(outcomes).toEqual(outcomes.map(({ act, acts }) => ({ ...expected, act, acts })));
	expect(outcomes.filter(({ act }) => act === "ok").every(({ acts }) => acts === 1)).toBe(true);
}, 120_000);

test("an agent that several workers walk at once acts once and asks once", async () => {
	const runId = await start();
	const workers = await Promise.all(
		[newId(), newId()].map(async (id) => ({
			id,
			liveness: await startLiveness(database.url, { id, engine: "test", onError: console.warn }),
		})),
	);
	const together = () => Promise.all(workers.map(({ id }) => walk(runId, { worker: id })));
	await together();
	await answer(runId);
	await together();
	await Promise.all(workers.map(({ liveness }) => liveness.stop()));
	expect(await readOutcome(runId)).toMatchObject({ status: "completed", acts: 1, asked: 1, turns: 3, cost: 0.03 });
});

test("a question that nobody answers in time is left to the agent", async () => {
	const runId = await start();
	await walk(runId);
	await database.sql`update run_steps set retry_at = now() - interval '1 second' where run_id = ${runId}`;
	await walk(runId);
	expect(await readOutcome(runId)).toMatchObject({
		status: "completed",
		text: "Nobody answered in time: decide by yourself.",
	});
	await expect(answer(runId)).rejects.toThrow("decided already");
});

test("an agent whose run is paused stops behind its turn, goes on when it is resumed, and fails by no number of lost workers while it gets on", async () => {
	const server = await startTestServer((_, response) => response.end("done"));
	const httpHosts = [new URL(server.origin).host];
	const plan = testPlan([
		step("work", "agent", { provider: "anthropic", prompt: "Look.", tools: ["http"], httpHosts }),
	]);
	const looping = await insertWorkflow(database, teamId, plan);
	const { runId } = await startWorkflow(database, { teamId, workflowId: looping, plan });
	let during: (turn: number) => Promise<void> = async () => {};
	const model = createScriptedModel((turn) =>
		turn < 9 ? { calls: [{ name: "http", input: { url: `${server.origin}/${turn}` } }] } : { text: "Done." },
	);
	const llm = () => ({
		...model.provider,
		async complete(...asked: Parameters<typeof model.provider.complete>) {
			await during(model.asked.length);
			return await model.provider.complete(...asked);
		},
	});
	const walkWith = (worker: string) =>
		walkRun(
			{ ...base.services, worker, cache: createRunCache(database.sql, openTestTeamKey), llm, warn: () => {} },
			runId,
		);

	during = async (turns) => {
		if (turns === 1) await pauseRun(members.owner, { team: slug, runId });
	};
	expect(await walkWith(newId())).toEqual({ status: "paused" });
	expect([model.asked.length, server.requests.length]).toEqual([2, 2]);
	await resumeRun(members.owner, { team: slug, runId });
	for (let lost = 0; lost < 5; lost++) {
		const from = model.asked.length;
		await new Promise<void>((die) => {
			during = (turns) => (turns > from ? new Promise(() => die()) : Promise.resolve());
			walkWith(newId()).catch(() => {});
		});
	}
	during = async () => {};
	expect(await walkWith(newId())).toEqual({ status: "ended" });
	await server.close();
	expect(await readOutcome(runId)).toMatchObject({ status: "completed", turns: 9, cost: 0.09, text: "Done." });
	expect([model.asked.length, server.requests.length]).toEqual([9, 8]);
});

/** The text of the last result of a tool that a model was sent. */
function lastResult(messages: readonly LlmMessage[]): string {
	const message = messages.findLast(({ role }) => role === "tool");
	const part = message?.role === "tool" ? message.results.at(-1)?.content[0] : undefined;
	return part?.type === "text" ? part.text : "";
}
