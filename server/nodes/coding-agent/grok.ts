import type { Json, JsonObject } from "@/server/plan/values/json";
import {
	type Adapter,
	contentText,
	countsOf,
	createLastWords,
	type Exit,
	FILES,
	type Launch,
	objectIn,
	textIn,
	wholePrompt,
} from "./adapter";
import { limitTexts } from "./limit-texts";
import { recordUsage } from "./meter";
import type { Job, JobEnd } from "./work";

const MODES = {
	plan: ["--permission-mode", "plan"],
	edits: ["--permission-mode", "acceptEdits"],
	ask: ["--permission-mode", "default"],
	all: ["--always-approve"],
} as const;

/** Grok: https://docs.x.ai/build/cli/headless-scripting */
export const grokAdapter: Adapter = (job) => {
	const reader = new GrokReader(job);
	return {
		...launchGrok(job),
		event: (event) => reader.event(event),
		turns: () => reader.turns(),
		end: (exit) => reader.end(exit),
	};
};

function launchGrok(job: Job): Launch {
	const { config, sessionId, turnsLeft } = job;
	return {
		args: [
			...["--no-auto-update", "--output-format", "streaming-json", "--prompt-file", `${FILES}/prompt.md`],
			// The same whether the session is there or not.
			...["--session-id", sessionId, "--max-turns", String(turnsLeft), ...MODES[config.permissions]],
			...(config.model ? ["--model", config.model] : []),
		],
		files: { "prompt.md": wholePrompt(job) },
	};
}

class GrokReader {
	private words = createLastWords();
	private count = 0;
	private isTurn = false;
	private isLimit = false;
	private last: JsonObject | undefined;
	private problem: string | undefined;

	constructor(private readonly job: Job) {}

	turns(): number {
		return this.count;
	}

	private begin(): void {
		if (!this.isTurn) this.count += 1;
		this.isTurn = true;
	}

	event(event: JsonObject): void {
		const { recorder } = this.job;
		switch (event.type) {
			case "text":
				this.begin();
				this.words.append(textIn(event.data));
				recorder.add({ kind: "text", text: textIn(event.data), delta: true });
				break;
			case "thought":
				this.begin();
				recorder.add({ kind: "thinking", text: textIn(event.data), delta: true });
				break;
			case "tool_call": {
				this.begin();
				this.words = createLastWords();
				const { toolCallId, toolName, title, rawInput = {} } = event;
				const name = textIn(toolName) || textIn(title);
				recorder.add({ kind: "call", id: textIn(toolCallId), name, input: rawInput });
				break;
			}
			case "tool_call_update":
				this.toolResult(event);
				break;
			case "end":
				this.take(event);
				break;
			case "error":
				this.problem = textIn(event.message);
				recorder.add({ kind: "notice", level: "warn", text: textIn(event.message) });
				break;
			case "max_turns_reached":
				this.isLimit = true;
				return;
			case "usage":
			case "available_commands":
				return;
			default:
				recorder.add({ kind: "notice", level: "info", text: `An event of an unknown kind: ${textIn(event.type)}` });
		}
	}

	private toolResult({ toolCallId, status, content, rawOutput }: JsonObject): void {
		if (status !== "completed" && status !== "failed") return;
		this.isTurn = false;
		const text = contentText(content) || written(rawOutput);
		const state = status === "completed" ? "ok" : "failed";
		this.job.recorder.add({ kind: "result", id: textIn(toolCallId), state, text, characters: text.length });
	}

	private take(event: JsonObject): void {
		if (this.last !== undefined) return;
		this.last = event;
		const { sessionId, total_cost_usd: cost, usage } = event;
		if (textIn(sessionId) !== "") this.job.recorder.add({ kind: "session", sessionId: textIn(sessionId) });
		const told = countsOf(usage, NAMES);
		const cached = Math.min(
			told.cache_read_input_tokens || told.cachedReadTokens,
			told.input_tokens || told.inputTokens,
		);
		const reasoning = told.reasoning_tokens || told.reasoningTokens;
		recordUsage(this.job, {
			...{ provider: "xai", model: this.job.config.model ?? "grok", isPlan: false },
			reportedUsd: typeof cost === "number" ? cost : undefined,
			counts: {
				inputTokens: (told.input_tokens || told.inputTokens) - cached,
				cacheReadTokens: cached,
				cacheWriteTokens: 0,
				outputTokens: Math.max(0, (told.output_tokens || told.outputTokens) - reasoning),
				reasoningTokens: reasoning,
			},
		});
	}

	end(exit: Exit): JobEnd {
		const turns = this.turns();
		const reason = textIn(this.last?.stopReason).toLowerCase();
		if (this.isLimit || reason.includes("max_turn") || reason.includes("maxturn"))
			return { state: "limit", text: limitTexts.turns(this.job.config.maxTurns), turns };
		if (reason.startsWith("cancel")) {
			const text = "Grok stopped where it would have had to ask. Let it ask, or do everything: see “What it may do”.";
			return { state: "failed", text, turns };
		}
		if (this.last === undefined) {
			const text = this.problem ?? `Grok ended in the middle. ${exit.text}`;
			return { state: "failed", text, turns };
		}
		if (exit.code === 0 && this.problem === undefined) return { state: "done", text: this.words.toString(), turns };
		return { state: "failed", text: this.problem ?? exit.text, turns };
	}
}

const NAMES = [
	...["input_tokens", "output_tokens", "cache_read_input_tokens", "reasoning_tokens"],
	...["inputTokens", "outputTokens", "cachedReadTokens", "reasoningTokens"],
] as const;

function written(output: Json | undefined): string {
	return objectIn(output) === output || typeof output === "string" ? contentText(output) || JSON.stringify(output) : "";
}
