import { afterAll, afterEach, expect, test, vi } from "vitest";
import type { z } from "zod";
import { newId } from "@/db/new-id";
import { openTeamKey } from "@/server/credentials/team-key";
import { getMasterSecrets } from "@/server/derive-key";
import { createFairSlots } from "@/server/execution/fair-slots";
import { createRunCache } from "@/server/execution/run-cache";
import { createRunSecrets } from "@/server/execution/secrets/run-secrets";
import { walkRun } from "@/server/execution/walk-run";
import { startTestServer } from "@/server/http/test-server";
import { createScriptedModel } from "@/server/llm/scripted-model";
import type { Plan } from "@/server/plan/plan";
import { inLine, step, testPlan, transform } from "@/server/plan/test-plan";
import { forkTurn, type forkTurnInput } from "@/server/runs/fork/fork-turn";
import { readTurn } from "@/server/runs/fork/read-turn";
import { getRun } from "@/server/runs/read/get-run";
import { cancelRun } from "@/server/runs/verbs/cancel-run";
import { createTestTeam, TEST_SECRET } from "@/server/teams/test-team";
import { insertWorkflow, readOutput, readState, startWorkflow } from "./test-runs";
import { setUpServices } from "./test-worker";

vi.stubEnv("WEFT_SECRET", TEST_SECRET);
const TOKEN = "hunter2-hunter2";
const { database, worker: base } = await setUpServices();
const team = await createTestTeam(database, "acme");
const { editor, operator, viewer } = team.members;
await database.sql`insert into credentials (id, team_id, name, sealed) values ('token', ${team.id}, 'TOKEN', '')`;
const server = await startTestServer((_, response) => {
	response.setHeader("content-type", "text/plain");
	response.end(`seen with ${TOKEN}`);
});
afterAll(() => {
	vi.unstubAllEnvs();
	return server.close();
});
afterEach(() => server.requests.splice(0));

/** It looks twice, and then asks somebody, unless it is told not to. */
const model = createScriptedModel((turn, { messages }) => {
	if (turn < 3) return { calls: [{ name: "http", input: { url: `${server.origin}/look/${turn}` } }] };
	const isTold = JSON.stringify(messages).includes("Do not ask.");
	return turn === 3 && !isTold ? { calls: [{ name: "ask_human", input: { question: "Go on?" } }] } : { text: "Done." };
});

async function walk(runId: string): Promise<void> {
	const openKey = () => openTeamKey(database.db, getMasterSecrets(), team.id);
	await walkRun(
		{
			...base.services,
			...{ worker: newId(), llm: () => model.provider, slots: createFairSlots(4), cpuSlots: createFairSlots(2) },
			cache: createRunCache(database.sql, openKey),
			openSecrets: async (_run, names) => Object.fromEntries(names.map((name) => [name, TOKEN])),
			secretsOf: createRunSecrets(async () => [TOKEN], openKey),
		},
		runId,
	);
}

const agent = (parent?: string, more = "") =>
	step(
		"work",
		"agent",
		{
			...{ provider: "anthropic", prompt: `Use {{ secrets.TOKEN }}.${more}`, tools: ["http", "ask_human"] },
			httpHosts: [new URL(server.origin).host],
		},
		{ parent },
	);
const post = (id: string, path: string, parent?: string) =>
	step(id, "http-request", { method: "POST", url: `${server.origin}/${path}` }, { parent });
const PLAN = testPlan(
	[post("first", "first"), agent(), transform("after", "return input.t + ' after ' + input.f", AFTER())],
	inLine("first", "work", "after"),
);
function AFTER() {
	return { t: "{{ steps.work.output.text }}", f: "{{ steps.first.output.body }}" };
}

async function start(plan: Plan): Promise<{ runId: string; slug: string }> {
	const workflowId = await insertWorkflow(database, team.id, plan);
	const { runId } = await startWorkflow(database, { teamId: team.id, workflowId, plan });
	await walk(runId);
	model.asked.splice(0);
	return { runId, slug: workflowId };
}

async function fork(
	runId: string,
	turn: number,
	change: Partial<z.input<typeof forkTurnInput>>,
	{ iteration = "", caller = operator } = {},
): Promise<{ runId: string; number: number }> {
	const at = { team: "acme", runId, nodeId: "work", iteration, turn, requestId: newId() };
	const forked = await forkTurn(caller, { results: {}, changes: {}, ...at, ...change });
	await walk(forked.runId);
	return forked;
}

const paths = () => server.requests.map(({ method, path }) => `${method} ${path}`);

test("a fork sends the model the changed conversation, asks for no turn again that stood before, and pays for the new ones alone", async () => {
	const { runId, slug } = await start(PLAN);
	expect(paths()).toEqual(["POST /first", "GET /look/1", "GET /look/2"]);
	const { calls, fields } = await readTurn(viewer, { team: "acme", runId, nodeId: "work", iteration: "", turn: 2 });
	expect(calls).toEqual([{ id: "2-0", tool: "http", result: expect.stringContaining("seen with •••") }]);
	expect(fields).toEqual({ prompt: "Use {{ secrets.TOKEN }}.", instructions: "", model: "" });
	server.requests.splice(0);

	const changes = { prompt: "Look again.", model: "other" };
	const change = { results: { "2-0": "All is well." }, changes, message: "Be short." };
	const forked = await fork(runId, 2, change, { caller: editor });
	expect(paths()).toEqual([]);
	expect(model.asked.map(({ model: asked }) => asked)).toEqual(["other"]);
	expect(model.asked[0]?.messages).toMatchObject([
		{ role: "user", content: [{ text: "Look again." }] },
		{ role: "assistant", toolCalls: [{ id: "1-0" }] },
		{ role: "tool", results: [{ content: [{ text: expect.stringContaining(`seen with ${TOKEN}`) }] }] },
		{ role: "assistant", toolCalls: [{ id: "2-0" }] },
		{ role: "tool", results: [{ callId: "2-0", content: [{ text: "All is well." }], isError: false }] },
		{ role: "user", content: [{ text: "Be short." }] },
	]);
	const state = await readState(database, forked.runId);
	expect([state.costUsd, state.steps.work?.turns?.map(({ turn, costUsd, copied }) => [turn, costUsd, copied])]).toEqual(
		[
			0.01,
			[
				[1, 0, true],
				[2, 0, true],
				[3, 0.01, undefined],
			],
		],
	);
	expect(state.steps.work?.turns?.[1]?.calls[0]?.result).toMatchObject({ text: "All is well.", edited: true });
	const [audit] = await database.sql`select detail from audit_log where action = 'run.forked'`;
	expect(audit?.detail).toMatchObject({ edited: ["2-0"], changed: ["prompt", "model"], told: true });
	const [entry] = await database.sql`
		select entry from agent_turns where run_id = ${forked.runId} and entry->>'text' = 'All is well.'`;
	expect(entry?.entry).toMatchObject({ kind: "result", origin: "outside" });
	expect(state.steps.work?.phase.status).toBe("waiting");
	expect((await readState(database, runId)).steps.work?.phase.status).toBe("waiting");
	const shown = await getRun(viewer, { team: "acme", slug, number: forked.number });
	expect(shown.forked).toEqual({ number: 1, nodeId: "work", iteration: "", turn: 2, changed: ["model", "prompt"] });
});

test("the turn itself is taken anew where no result is changed, of a cancelled run and of a fork too, and it ends with what came before", async () => {
	const { runId } = await start(PLAN);
	await cancelRun(operator, { team: "acme", runId });
	const first = await fork(runId, 3, { message: "Do not ask." });
	expect(model.asked[0]?.messages.map(({ role }) => role)).toEqual([
		"user",
		"assistant",
		"tool",
		"assistant",
		"tool",
		"user",
	]);
	const second = await fork(first.runId, 3, { message: "Do not ask." });
	expect(second.number).toBe(3);
	expect(paths().slice(3)).toEqual([]);
	expect((await readState(database, second.runId)).phase.status).toBe("completed");
	expect(await readOutput(database, second.runId, "after")).toBe("Done. after seen with •••");
	expect(await readOutput(database, second.runId, "work")).toMatchObject({ turns: 3, costUsd: 0.01 });
});

test("in a container the items before stay as they ended, and the agent goes on in its own", async () => {
	const nodes = [
		step("each", "for-each", { items: ["a", "b"] }),
		post("act", "{{ item }}", "each"),
		agent("each", " {{ item }}"),
	];
	const { runId } = await start(testPlan([...nodes], ["act -> work"]));
	const waiting = await fork(runId, 3, { message: "Do not ask." }, { iteration: "0" });
	expect(paths().slice(3)).toEqual(["POST /b", "GET /look/1", "GET /look/2"]);
	server.requests.splice(0);
	const ended = await fork(waiting.runId, 3, { message: "Do not ask." }, { iteration: "1" });
	expect(paths()).toEqual([]);
	expect((await readState(database, ended.runId)).phase.status).toBe("completed");
});

test("what cannot be forked says why: no such turn, no such call, an answer of people, words of the step, a transcript that is gone, a viewer", async () => {
	const { runId } = await start(PLAN);
	await expect(fork(runId, 9, {})).rejects.toThrow("recorded no more");
	await expect(fork(runId, 2, { results: { "1-0": "x" } })).rejects.toThrow("made no such call");
	await expect(fork(runId, 3, { results: { "3-0": "Ada answered: yes" } })).rejects.toThrow("cannot be written by");
	for (const field of ["prompt", "instructions", "model"])
		await expect(fork(runId, 2, { changes: { [field]: "x" } })).rejects.toMatchObject({ code: "forbidden" });
	const at = {
		team: "acme",
		runId,
		nodeId: "work",
		iteration: "",
		turn: 1,
		results: {},
		changes: {},
		requestId: newId(),
	};
	await expect(forkTurn(viewer, at)).rejects.toMatchObject({ code: "forbidden" });
	const once = await Promise.all([forkTurn(operator, at), forkTurn(operator, at)]);
	expect(new Set(once.map((run) => run.runId)).size).toBe(1);
	await database.sql`delete from agent_turns where run_id = ${runId}`;
	await expect(fork(runId, 2, {})).rejects.toThrow("recorded no more");
});
