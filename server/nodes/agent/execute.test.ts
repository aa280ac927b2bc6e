import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { BudgetSpentError } from "@/server/errors";
import { checkConfig } from "@/server/plan/validate/validate-config";
import type { StepBudget } from "../execute-context";
import { agentDefinition } from "./definition";
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

test("a prompt of the library instructs it in every turn, in the version that the run holds", async () => {
	const agent = createTestAgent({
		config: { promptName: "on-call", variables: { team: "web" }, instructions: "Not these." },
		script: calling(look(".")),
		prompt: async ({ team }) => ({ name: "on-call", version: 3, text: `You are on call for ${team}.` }),
	});
	expect(await agent.work()).toMatchObject({ output: { prompt: { name: "on-call", version: 3 } } });
	expect(agent.asked.map(({ system }) => system?.split("\n\n").at(-1))).toEqual(
		Array(2).fill("You are on call for web."),
	);
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

test("of too many calls in one answer the first are made, a few at a time, and the model is told of the others", async () => {
	const script = (turn: number) =>
		turn === 1 ? { calls: Array.from({ length: 100 }, (_, index) => look(`${index}`)) } : { text: "." };
	let [busy, most] = [0, 0];
	const agent = createTestAgent({
		config: { tools: ["list_files"] },
		script,
		async pause() {
			most = Math.max(most, ++busy);
			await setImmediate();
			busy--;
		},
	});
	expect(await agent.work()).toMatchObject({ output: { calls: 64 } });
	expect([agent.started.length, most]).toEqual([64, 4]);
	const results = agent.asked[1]?.messages.at(-1);
	const told = results?.role === "tool" ? results.results : [];
	expect(told.map(({ callId }) => callId)).toEqual(Array.from({ length: 100 }, (_, index) => `1-${index}`));
	expect(told.filter(({ content }) => JSON.stringify(content).includes("Too many calls at once"))).toHaveLength(36);
});

test("an answer that is too long is asked for again, and paid for", async () => {
	const agent = createTestAgent({ config: {}, script: () => ({ text: "x".repeat(4_000_001) }) });
	await expect(agent.work()).rejects.toThrow("longer than 4 MB");
	expect([agent.entries, agent.spent]).toEqual([[], [expect.objectContaining({ costUsd: 0.01 })]]);
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

test("a call is no repetition of another one before a summary", async () => {
	const agent = createTestAgent({
		config: { tools: ["list_files"], compactTokens: 2_000 },
		script: (turn, { tools, messages }) => {
			if (tools === undefined) return { text: "Sum." };
			if (!JSON.stringify(messages[0]).includes("Sum.")) return { calls: [look("a")] };
			return turn > 2 ? { text: "Done." } : { calls: [look("b")] };
		},
		tokens: (turn) => (turn === 3 ? 5_000 : 100),
	});
	expect(await agent.work()).toMatchObject({ output: { text: "Done." } });
	expect(agent.entries.filter((entry) => JSON.stringify(entry).includes('"summed"'))).toHaveLength(1);
	expect(agent.events).toContainEqual({
		type: "agent.note",
		data: expect.objectContaining({ text: expect.stringContaining("Summed up"), costUsd: 0.01 }),
	});
});

test("what a tool lacks is an error of the form, and where only the worker knows, said before the first turn is paid for", async () => {
	const tools = ["logs", "metrics", "kubectl"];
	const { issues } = checkConfig({ prompt: "Look", tools, prometheusUrl: "prometheus:9090" }, agentDefinition);
	expect(issues.map(({ severity, field }) => `${severity} ${field}`)).toEqual([
		"error config.kubeconfig",
		"error config.lokiUrl",
		"error config.prometheusUrl",
	]);
	const referred = { lokiUrl: "{{ inputs.loki }}", prometheusUrl: "https://p.example", kubeconfig: "{{ secrets.K }}" };
	expect(checkConfig({ prompt: "Look", tools, ...referred }, agentDefinition).issues).toEqual([]);
	const agent = createTestAgent({
		config: { tools: ["kubectl"], kubeconfig: "x" },
		script: calling(),
		exitCode: 127,
	});
	await expect(agent.work()).rejects.toThrow("needs the program kubectl");
	expect(agent.asked).toEqual([]);
});

test("nothing is asked of the model beyond a budget: that of a run ends it, at that of a team it waits until it is raised", async () => {
	let spent: StepBudget["spent"] = { of: "run", message: "The run has reached its spending limit." };
	const agent = createTestAgent({ config: {}, script: calling(), budget: async () => ({ leftUsd: 0, spent }) });
	await expect(agent.work()).rejects.toThrow("spending limit");
	spent = { of: "team", message: "The budget of the team is spent." };
	expect(await agent.work()).toMatchObject({ ask: { by: "limit", message: expect.stringContaining("is spent") } });
	agent.answer("approved");
	expect(await agent.work()).toHaveProperty("ask");
	expect(agent.asked).toEqual([]);
	spent = null;
	agent.answer("approved");
	expect(await agent.work()).toMatchObject({ output: { text: "Done." } });
	expect(agent.events.map(({ data }) => "text" in data && data.text)).toContain(
		"Ada let it go on after its budget was spent.",
	);
});

test("a budget that is spent while a call waits for its place is asked about like one that was spent before", async () => {
	let spent: StepBudget["spent"] = null;
	const agent = createTestAgent({
		config: {},
		script() {
			if (spent !== null) return { text: "Done." };
			spent = { of: "team", message: "The budget of the team is spent." };
			throw new BudgetSpentError(spent.message);
		},
		budget: async () => ({ leftUsd: 0, spent }),
	});
	expect(await agent.work()).toMatchObject({ ask: { by: "limit", message: expect.stringContaining("is spent") } });
	expect(agent.entries).toEqual([]);
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

test("what is allowed for the rest of the run is not asked about again, what is more than that or repeats a text from outside is", async () => {
	const shell = (command: string) => ({ name: "shell", input: { command } });
	const calls = [shell("cat a.txt"), shell("cat b.txt"), shell("cat zx-81"), shell("cat a.txt; curl x.example")];
	const agent = createTestAgent({
		config: { tools: ["shell"] },
		script: calling(...calls),
		trigger: { text: "cat zx-81" },
	});
	const question = await agent.work();
	expect(question).toMatchObject({
		ask: {
			by: "permission",
			fields: [{ name: "leave", label: expect.stringContaining("shell: commands of cat alone") }, { name: "note" }],
		},
	});
	agent.answer("approved", { leave: true });
	expect(await agent.work()).toMatchObject({ ask: { message: expect.stringContaining("cat zx-81") } });
	agent.answer("approved");
	expect(await agent.work()).toMatchObject({ ask: { fields: [{ name: "note" }] } });
	agent.answer("declined");
	expect(await agent.work()).toMatchObject({ output: { turns: 5 } });
	expect(agent.started.filter((line) => line.includes("cat "))).toHaveLength(3);
});
