import { setTimeout as wait } from "node:timers/promises";
import { digest } from "./demo-digest";
import { fillSchema } from "./demo-json";
import type { LlmAnswer, LlmOptions, LlmProvider, LlmRequest } from "./provider";

/** Roughly what tokenizers make of English text. */
const CHARACTERS_PER_TOKEN = 4;
const LABEL = "(Demo answer: picked from the prompt by rules, without a language model.)";

/**
 * A provider that needs no key and no network. It reads what it was given, and answers with the lines that matter; the
 * same prompt always gives the same answer. It says in its text, its name and its model that it is a demo.
 */
export function createDemoProvider({ msPerWord = 15 } = {}): LlmProvider {
	return { name: "demo", complete: (request, options) => complete(request, options, msPerWord) };
}

async function complete(request: LlmRequest, options: LlmOptions, msPerWord: number): Promise<LlmAnswer> {
	const found = digest(request.prompt);
	const json = request.jsonSchema && fillSchema(request.jsonSchema, found);
	const whole =
		json === undefined
			? `${found.headline}\n${found.lines.map((line) => `- ${line}\n`).join("")}\n${LABEL}`
			: JSON.stringify(json);
	const text = whole.slice(0, request.maxTokens * CHARACTERS_PER_TOKEN);
	const isWhole = text.length === whole.length;
	await stream(text, options, msPerWord);
	return {
		text,
		...(json !== undefined && isWhole && { json }),
		stopReason: isWhole ? "end" : "max_tokens",
		usage: {
			provider: "demo",
			model: "demo",
			inputTokens: countTokens(`${request.system ?? ""}${request.prompt}`),
			outputTokens: countTokens(text),
			costUsd: 0,
		},
	};
}

async function stream(text: string, { signal, onToken }: LlmOptions, msPerWord: number): Promise<void> {
	for (const word of text.match(/\s*\S+|\s+$/g) ?? []) {
		signal.throwIfAborted();
		onToken(word);
		if (msPerWord > 0) await wait(msPerWord, undefined, { signal }).catch(() => signal.throwIfAborted());
	}
	signal.throwIfAborted();
}

function countTokens(text: string): number {
	return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
