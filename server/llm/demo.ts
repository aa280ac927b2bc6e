import { setTimeout as wait } from "node:timers/promises";
import type { Usage } from "../runs/events";
import { CHARACTERS_PER_TOKEN } from "./count-text-tokens";
import { type DemoCall, nextCalls, readTask } from "./demo-agent";
import { digest } from "./demo-digest";
import { fillSchema } from "./demo-json";
import { estimateTokens } from "./estimate-tokens";
import type { LlmToolCall } from "./messages";
import type { LlmAnswer, LlmOptions, LlmProvider, LlmRequest } from "./provider";

const LABEL = "(Demo answer: picked from the prompt by rules, without a language model.)";

/**
 * A provider that needs no key and no network. It reads what it was given, and answers with the lines that matter; with
 * tools, it first calls those that the words of the prompt ask for. The same conversation always gets the same answer. It
 * says in its text, its name and its model that it is a demo.
 */
export function createDemoProvider({ msPerWord = 15 } = {}): LlmProvider {
	return {
		name: "demo",
		complete: async (request, options) => {
			const calls = nextCalls(request);
			return calls.length > 0
				? await call(request, calls, { ...options, msPerWord })
				: await answer(request, { ...options, msPerWord });
		},
	};
}

type DemoOptions = LlmOptions & { msPerWord: number };

async function call(request: LlmRequest, calls: DemoCall[], options: DemoOptions): Promise<LlmAnswer> {
	const text = `Demo: I call ${[...new Set(calls.map(({ name }) => name))].join(", ")}.`;
	await stream(text, options);
	const { rounds } = readTask(request.messages);
	const toolCalls = calls.map(({ name, input }, index): LlmToolCall => {
		options.onToolInput?.({ index, name, text: JSON.stringify(input) });
		return { id: `demo_${request.messages.length}_${rounds}_${index}`, name, input };
	});
	return {
		message: { role: "assistant", text, toolCalls },
		thinking: "",
		stopReason: "tool_calls",
		usage: usageOf(request, `${text}${JSON.stringify(toolCalls)}`),
	};
}

async function answer(request: LlmRequest, options: DemoOptions): Promise<LlmAnswer> {
	const task = readTask(request.messages);
	const found = digest(task.results === "" ? task.text : task.results);
	const json = request.jsonSchema && fillSchema(request.jsonSchema, found);
	const whole = json === undefined ? prose(found, task.calls) : JSON.stringify(json);
	const text = whole.slice(0, request.maxTokens * CHARACTERS_PER_TOKEN);
	const isWhole = text.length === whole.length;
	await stream(text, options);
	return {
		message: { role: "assistant", text, toolCalls: [] },
		thinking: "",
		...(json !== undefined && isWhole && { json }),
		stopReason: isWhole ? "end" : "max_tokens",
		usage: usageOf(request, text),
	};
}

function prose({ headline, lines }: ReturnType<typeof digest>, calls: DemoCall[]): string {
	const names = [...new Set(calls.map(({ name }) => name))].join(", ");
	const done =
		calls.length === 0 ? "" : `Done with ${calls.length === 1 ? "1 call" : `${calls.length} calls`}: ${names}.\n`;
	return `${done}${headline}\n${lines.map((line) => `- ${line}\n`).join("")}\n${LABEL}`;
}

function usageOf(request: LlmRequest, text: string): Usage {
	return {
		provider: "demo",
		model: "demo",
		...estimateTokens(request, text),
		costUsd: 0,
		estimated: true,
	};
}

async function stream(text: string, { signal, onToken, msPerWord }: DemoOptions): Promise<void> {
	for (const word of text.match(/\s*\S+|\s+$/g) ?? []) {
		signal.throwIfAborted();
		onToken(word);
		if (msPerWord > 0) await wait(msPerWord, undefined, { signal }).catch(() => signal.throwIfAborted());
	}
	signal.throwIfAborted();
}
