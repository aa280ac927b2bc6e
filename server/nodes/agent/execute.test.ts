import { expect, test } from "vitest";
import { calling, createTestAgent } from "./test-agent";

const look = (path: string) => ({ name: "list_files", input: { path } });
const different = (turn: number) => ({ calls: [look(`folder-${turn}`)] });

test("an answer without calls is the result, and what it took is part of it", async () => {
	const agent = createTestAgent({ config: { tools: ["list_files"] }, script: calling(look(".")) });
	expect(await agent.work()).toEqual({
		output: { text: "Done.", turns: 2, calls: 1, tokens: 220, costUsd: 0.02, model: "scripted", demo: false },
	});
	expect(agent.events.map(({ type }) => type)).toEqual(["agent.turn", "agent.call", "agent.result", "agent.turn"]);
});

test("several calls of one turn are answered together, in their order", async () => {
	const script = (turn: number) =>
		turn === 1 ? { calls: [look("a"), { name: "nothing", input: {} }, look("b")] } : { text: "." };
	const agent = createTestAgent({ config: { tools: ["list_files"] }, script, program: (line) => line.slice(-6) });
	await agent.work();
	const [, , results] = agent.asked[1]?.messages ?? [];
	expect(results?.role === "tool" && results.results.map(({ callId, isError }) => [callId, isError])).toEqual([
		["1-0", false],
		["1-1", true],
		["1-2", false],
	]);
});

test.each([
	[{ maxTurns: 2 }, "2 turns"],
	[{ maxTokens: 1_000, answerTokens: 10 }, "1,000 tokens"],
	[{ maxCostUsd: 0.03 }, "$0.03"],
])("at its limit %j it asks, and goes on when somebody raises it", async (limits, named) => {
	const agent = createTestAgent({ config: { tools: ["list_files"], ...limits }, script: different });
	const question = await agent.work();
	expect(question).toMatchObject({ ask: { by: "limit", message: expect.stringContaining(named) } });
	const turns = agent.asked.length;
	agent.answer("approved", { more: 5 });
	await agent.work();
	expect(agent.asked.length).toBeGreaterThan(turns);
});

test("it ends with the reason where nobody raises its limit", async () => {
	const agent = createTestAgent({ config: { tools: ["list_files"], maxTurns: 1 }, script: different });
	await agent.work();
	agent.answer("declined");
	await expect(agent.work()).rejects.toThrow("reached its limit of 1 turns, and Ada did not let it go on");
	expect(agent.asked).toHaveLength(1);
});

test("the same call again and again ends it as stuck", async () => {
	const agent = createTestAgent({ config: { tools: ["list_files"] }, script: () => ({ calls: [look(".")] }) });
	await expect(agent.work()).rejects.toThrow("stuck: it called list_files with the same input 4 times in a row");
	expect(agent.asked).toHaveLength(4);
});

test("what a tool lacks is said before the first turn is paid for", async () => {
	const agent = createTestAgent({ config: { tools: ["logs", "metrics", "kubectl"] }, script: calling() });
	await expect(agent.work()).rejects.toThrow(/address of Loki.*address of Prometheus.*kubeconfig/);
	expect(agent.asked).toEqual([]);
});

test("nothing is asked of the model beyond the run's budget", async () => {
	const agent = createTestAgent({ config: {}, script: calling(), budgetLeftUsd: 0 });
	await expect(agent.work()).rejects.toThrow("spending limit");
	expect(agent.asked).toEqual([]);
});

test("a long conversation is summed up, the whole is kept, and without progress it ends as stuck", async () => {
	const agent = createTestAgent({
		config: { tools: ["list_files"], compactTokens: 2_000 },
		script: (turn, { messages, tools }) => (tools === undefined ? { text: "Sum." } : different(turn + messages.length)),
		tokens: (turn) => (turn >= 4 ? 5_000 : 100),
	});
	await expect(agent.work()).rejects.toThrow("stuck: its conversation is too long again");
	expect([...agent.artifacts.keys()]).toEqual(["sessions/agent-until-turn-4.json"]);
	const summed = agent.asked.findIndex(({ tools }) => tools === undefined);
	expect(agent.asked[summed + 1]?.messages).toHaveLength(1);
	expect(JSON.stringify(agent.asked[summed + 1]?.messages)).toContain("Sum.");
});

test("a result that is no value of the schema is asked for again, and given up at last", async () => {
	const config = { jsonSchema: { type: "object" } };
	const late = createTestAgent({
		config,
		script: (turn) => (turn < 3 ? { text: "?" } : { text: "{}", json: { ok: true } }),
	});
	expect(await late.work()).toMatchObject({ output: { json: { ok: true }, turns: 3 } });
	const never = createTestAgent({ config, script: () => ({ text: "?" }) });
	await expect(never.work()).rejects.toThrow("no whole result in 4 answers");
});

test("a question is answered by its form, left to the agent, or not answered in time", async () => {
	const fields = [{ name: "fix", type: "select", options: ["Roll back", "Wait"] }];
	const script = calling({ name: "ask_human", input: { question: "Which fix?", fields } });
	const agent = createTestAgent({ config: { tools: ["ask_human"], approvers: ["admin"], waitSeconds: 60 }, script });
	expect(await agent.work()).toMatchObject({
		ask: { by: "question", message: "Which fix?", approvers: ["admin"], fields: [{ type: "select", name: "fix" }] },
	});
	agent.answer("approved", { fix: "Roll back" });
	expect(await agent.work()).toMatchObject({ output: { turns: 2 } });
	expect(JSON.stringify(agent.asked[1]?.messages)).toContain("Ada answered:\\nfix: Roll back");
});
