import { expect, test } from "vitest";
import { FatalError, RetryableError } from "@/server/errors";
import type { LlmProvider, LlmRequest } from "@/server/llm/provider";
import { catalog } from "@/server/nodes/catalog";
import { parsePlan } from "@/server/plan/parse-plan";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import type { AssistantNews } from "./news";
import { writePlan } from "./write-plan";

const usage = {
	...{ provider: "x", model: "m", inputTokens: 10, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 5 },
	...{ reasoningTokens: 0, costUsd: 0.01, estimated: false },
};

/** A model that writes these texts, one an answer; an error is thrown after what stands before it. */
function createModel(answers: (string | Error | [string, Error])[]) {
	const asked: LlmRequest[] = [];
	const provider: LlmProvider = {
		name: "x",
		complete: async (request, { onToken, signal }) => {
			signal.throwIfAborted();
			const answer = answers[Math.min(asked.length, answers.length - 1)] ?? "";
			asked.push({ ...request, messages: [...request.messages] });
			if (answer instanceof Error) throw answer;
			const [text, error] = typeof answer === "string" ? [answer] : answer;
			for (const piece of text.match(/.{1,7}|\n/gs) ?? []) onToken(piece);
			if (error) throw error;
			return { message: { role: "assistant", text, toolCalls: [] }, thinking: "", stopReason: "end", usage };
		},
	};
	return { provider, asked };
}

async function write(answers: Parameters<typeof createModel>[0], signal = new AbortController().signal) {
	const { provider, asked } = createModel(answers);
	const news: AssistantNews[] = [];
	const { plan } = parsePlan({ version: 1, nodes: [] });
	if (!plan) throw new Error("no plan");
	const writing = writePlan(
		{ provider, model: "m" },
		{
			...{ text: "Say hello", plan, credentials: ["SLACK"] },
			check: async (changed) => validatePlan(changed, { definitions: catalog, credentials: [] }),
		},
		{ tell: (each) => void news.push(each), signal },
	);
	const failure = await writing.then(
		() => undefined,
		(error: unknown) => error,
	);
	return { news, asked, failure, types: news.map(({ type }) => type) };
}

const HELLO = '{"do":"step","id":"hello","type":"shell","name":"Hello","config":{"command":"echo hello"}}';
const WRONG = '{"do":"step","id":"say","type":"shell","config":{"command":"echo {{ steps.helo.output.stdout }}"}}';

test("changes are told as their lines come, in whatever a model puts around them", async () => {
	const { news, asked } = await write([
		`Here it is:\n\n\`\`\`json\n[\n${HELLO},\n{"do":"connect",\n "edge":"hello -> hello2"}\n]\n\`\`\``,
	]);
	expect(news.slice(0, 2)).toMatchObject([{ type: "text", text: "Here it is:" }, { type: "change" }]);
	expect(news.flatMap((each) => (each.type === "change" ? [each.change.do] : [])).slice(0, 2)).toEqual([
		"step",
		"connect",
	]);
	expect(asked[0]?.system).toContain("## wait-for-event");
	expect(asked[0]?.system).toContain("## alertmanager");
	expect(JSON.stringify(asked[0]?.messages)).toContain("SLACK");
});

test("what the check finds goes back to the model, three times at most", async () => {
	const mended = await write([
		`${HELLO}\n${WRONG}\n{"do":"connect","edge":"hello -> say"}`,
		WRONG.replace("helo", "hello"),
	]);
	expect(mended.news).toContainEqual({ type: "repair", attempt: 1, problems: [expect.stringContaining("step say")] });
	expect(mended.news.at(-1)).toEqual({ type: "done", left: [] });
	expect(mended.types.filter((type) => type === "cost")).toHaveLength(2);
	const failing = await write([`${HELLO}\n${WRONG}`, new FatalError("The budget is spent.")]);
	expect(failing.failure).toBeUndefined();
	expect(failing.news.at(-1)).toEqual({
		type: "done",
		left: ["The budget is spent.", expect.stringContaining("step say")],
	});
	const hopeless = await write([`${HELLO}\n${WRONG}`]);
	expect(hopeless.asked).toHaveLength(4);
	expect(hopeless.news.at(-1)).toEqual({ type: "done", left: [expect.stringContaining("step say")] });
});

test("a credential that is missing is for a person to add, not for the model to repair", async () => {
	const { news, asked } = await write([
		'{"do":"step","id":"tell","type":"slack","config":{"token":"{{ secrets.NEW }}","text":"Hi"}}',
	]);
	expect(asked).toHaveLength(1);
	expect(news.at(-1)).toEqual({ type: "done", left: [expect.stringContaining("NEW")] });
});

test("a model that writes no steps, or nonsense, is asked once more and then told of", async () => {
	const { news, asked } = await write(["I would love to help!", '{"do":"launch","id":"x"}']);
	expect(asked).toHaveLength(2);
	expect(news.at(-1)).toMatchObject({ type: "failed", message: expect.stringContaining("no steps") });
});

test("a rate limit is waited for, an answer that is cut off is not asked for again, and a stop stops", async () => {
	const waited = await write([new RetryableError("The rate limit is reached.", 0), HELLO]);
	expect(waited.types).toEqual(["change", "cost", "done"]);
	const cut = await write([[`${HELLO}\n`, new RetryableError("The answer broke off.")]]);
	expect(cut.failure).toMatchObject({ message: "The answer broke off." });
	expect(cut.asked).toHaveLength(1);
	expect(cut.types).toEqual(["change"]);
	const stopped = await write([HELLO], AbortSignal.abort());
	expect(stopped).toMatchObject({ news: [], asked: [] });
});
