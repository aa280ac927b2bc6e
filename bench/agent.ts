import { startTestServer } from "../server/http/test-server";
import { median, quantile, report, round } from "./support/report";
import { withWorker } from "./support/with-worker";

/**
 * What a turn of an agent takes beyond the time of its model's server: the difference between many turns and few, less what a
 * request alone takes. Each turn calls one tool, which asks the database. And how soon the first words of an answer stand in
 * the run's log, where whoever watches reads them.
 */
const FEW = 10;
const MANY = 110;

const chunk = (delta: object, rest: object = {}) =>
	`data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta, ...rest }] })}\n\n`;
const usage = `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [], usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 } })}\n\n`;

/** Speaks as OpenAI does: calls a tool, as many turns as the task says, then answers. */
const server = await startTestServer((_request, response) => {
	const body = JSON.parse(server.requests.at(-1)?.body || "{}");
	const messages: { role: string; content?: unknown }[] = body.messages ?? [];
	const turns = Number(/take (\d+) turns/.exec(JSON.stringify(messages))?.[1] ?? 0);
	const turn = messages.filter(({ role }) => role === "assistant").length;
	const call = {
		index: 0,
		id: `call_${turn}`,
		type: "function",
		function: { name: "run_logs", arguments: JSON.stringify({ text: `${turn}` }) },
	};
	response.setHeader("content-type", "text/event-stream");
	const isLast = turn >= turns;
	response.write(chunk({ role: "assistant", content: "Words of an answer. " }));
	response.write(isLast ? chunk({ content: "Done." }) : chunk({ tool_calls: [call] }));
	response.end(`${chunk({}, { finish_reason: isLast ? "stop" : "tool_calls" })}${usage}data: [DONE]\n\n`);
});
process.env.OPENAI_BASE_URL = server.origin;
process.env.OPENAI_API_KEY = "bench";

const agent = (turns: number) => ({
	version: 1,
	nodes: [
		{
			...{ id: "work", type: "agent", name: "Work" },
			config: {
				provider: "openai",
				model: "m",
				prompt: `Please take ${turns} turns.`,
				tools: ["run_logs"],
				maxTurns: 1_000,
			},
		},
	],
	edges: [],
});

await withWorker(async ({ store, ended }) => {
	const starts = { few: await store(agent(FEW)), many: await store(agent(MANY)) };
	async function time(start: () => Promise<string>): Promise<number> {
		const begun = performance.now();
		const status = await ended(await start());
		if (status !== "completed") throw new Error(`A run ended ${status}.`);
		return performance.now() - begun;
	}
	const samples: number[] = [];
	for (let n = -1; n < 7; n++) {
		const [few, many] = [await time(starts.few), await time(starts.many)];
		if (n >= 0) samples.push((many - few) / (MANY - FEW));
	}
	const requests: number[] = [];
	const body = server.requests.at(-1)?.body ?? "{}";
	for (let n = 0; n < 50; n++) {
		const begun = performance.now();
		await (await fetch(`${server.origin}/chat/completions`, { method: "POST", body })).text();
		requests.push(performance.now() - begun);
	}
	const alone = median(requests);
	report("agent", {
		turn_ms: round(median(samples) - alone),
		turn_p95_ms: round(quantile(samples, 0.95) - alone),
		request_alone_ms: alone,
		goal_ms: 15,
	});
});
await server.close();
process.exit(0);
