import type { JsonObject } from "@/server/plan/values/json";
import {
	type Adapter,
	countsOf,
	createLastWords,
	type Exit,
	type Launch,
	objectIn,
	textIn,
	wholePrompt,
} from "./adapter";
import { toTexts } from "./env-texts";
import { recordUsage } from "./meter";
import type { Job, JobEnd } from "./work";

const MODES = { plan: "plan", edits: "auto_edit", ask: "default", all: "yolo" } as const;
/** https://geminicli.com/docs/cli/headless */
const BAD_INPUT = 42;
const TOO_MANY_TURNS = 53;
/** Nothing that it is started with limits its turns. */
const OWN_LIMIT =
	"It reached the limit of turns in Gemini CLI’s own settings. Raise “maxSessionTurns” there, or ask for less.";
/** It tells what it has used by model. */
const MAX_MODELS = 50;

/** Gemini CLI. */
export const geminiAdapter: Adapter = (job) => {
	const reader = new GeminiReader(job);
	return {
		...launchGemini(job),
		event: (event) => reader.event(event),
		turns: () => reader.turns(),
		end: (exit) => reader.end(exit),
	};
};

function launchGemini(job: Job): Launch {
	const { config, resumes, sessionId } = job;
	return {
		args: [
			...["--output-format", "stream-json", "--approval-mode", MODES[config.permissions]],
			...(config.model ? ["--model", config.model] : []),
			...(config.allowedTools.length > 0 ? ["--allowed-tools", config.allowedTools.join(",")] : []),
			...(resumes ? ["--resume", sessionId] : []),
			// What is read from standard input stands before it.
			...["-p", "Do what is asked above."],
		],
		// It neither starts nor edits where it trusts nothing; what it would obey there has been looked for.
		env: { GEMINI_CLI_TRUST_WORKSPACE: "true" },
		stdin: wholePrompt(job),
	};
}

class GeminiReader {
	private model = "";
	private words = createLastWords();
	private count = 0;
	private isTurn = false;
	private result: JsonObject | undefined;
	private problem: string | undefined;

	constructor(private readonly job: Job) {}

	turns(): number {
		return this.count;
	}

	/** Anything that its model says or calls after a result begins another turn. */
	private begin(): void {
		if (!this.isTurn) this.count += 1;
		this.isTurn = true;
	}

	event(event: JsonObject): void {
		const { recorder } = this.job;
		switch (event.type) {
			case "init":
				this.model = textIn(event.model);
				recorder.add({ kind: "session", sessionId: textIn(event.session_id) || this.job.sessionId });
				break;
			case "message":
				this.message(event);
				break;
			case "tool_use": {
				this.begin();
				this.words = createLastWords();
				const { tool_id: id, tool_name: name, parameters: input = {} } = event;
				recorder.add({ kind: "call", id: textIn(id), name: textIn(name), input });
				break;
			}
			case "tool_result":
				this.toolResult(event);
				break;
			case "error":
				if (event.severity !== "warning") this.problem = textIn(event.message);
				recorder.add({ kind: "notice", level: "warn", text: textIn(event.message) });
				break;
			case "result":
				this.take(event);
				break;
			default:
				recorder.add({ kind: "notice", level: "info", text: `An event of an unknown kind: ${textIn(event.type)}` });
		}
	}

	private message({ role, content, delta }: JsonObject): void {
		if (role !== "assistant") return;
		this.begin();
		if (delta !== true) this.words = createLastWords();
		this.words.append(textIn(content));
		this.job.recorder.add({ kind: "text", text: textIn(content), delta: delta === true });
	}

	private toolResult({ tool_id, status, output, error }: JsonObject): void {
		this.isTurn = false;
		const { type, message } = objectIn(error);
		const text = textIn(output) || textIn(message);
		const isRefused = /denied|not.?allowed|policy/i.test(`${textIn(type)} ${textIn(message)}`);
		const state = status === "success" ? "ok" : isRefused ? "refused" : "failed";
		this.job.recorder.add({ kind: "result", id: textIn(tool_id), state, text, characters: text.length });
	}

	/** It tells tokens and no cost; cached ones are part of the input, by model where it used several. */
	private take(event: JsonObject): void {
		if (this.result !== undefined) return;
		this.result = event;
		const stats = objectIn(event.stats);
		const models = Object.entries(objectIn(stats.models)).slice(0, MAX_MODELS);
		const { GEMINI_API_KEY, GOOGLE_API_KEY, GOOGLE_APPLICATION_CREDENTIALS } = toTexts(this.job.config.env);
		const isPlan = !GEMINI_API_KEY && !GOOGLE_API_KEY && !GOOGLE_APPLICATION_CREDENTIALS;
		for (const [model, told] of models.length > 0 ? models : [[this.model, stats] as const]) {
			const { input_tokens, output_tokens, cached, total_tokens } = countsOf(told, NAMES);
			const read = Math.min(cached, input_tokens);
			recordUsage(this.job, {
				...{ provider: "gemini", model, isPlan },
				counts: {
					inputTokens: input_tokens - read,
					cacheReadTokens: read,
					cacheWriteTokens: 0,
					outputTokens: output_tokens,
					// What is in the sum, and in neither part, was thought.
					reasoningTokens: Math.max(0, total_tokens - input_tokens - output_tokens),
				},
			});
		}
	}

	end(exit: Exit): JobEnd {
		const turns = this.turns();
		if (exit.code === TOO_MANY_TURNS) return { state: "limit", text: OWN_LIMIT, turns };
		const problem = textIn(objectIn(this.result?.error).message) || this.problem || exit.text;
		if (exit.code === BAD_INPUT)
			return { state: "failed", text: `Gemini CLI did not take its input. ${problem}`, turns };
		if (this.result === undefined)
			return { state: "failed", text: `Gemini CLI ended in the middle. ${problem}`, turns };
		if (this.result.status === "success" && exit.code === 0)
			return { state: "done", text: this.words.toString(), turns };
		return { state: "failed", text: problem, turns };
	}
}

const NAMES = ["input_tokens", "output_tokens", "cached", "total_tokens"] as const;
