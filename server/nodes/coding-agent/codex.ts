import type { JsonObject } from "@/server/plan/values/json";
import {
	type Adapter,
	contentText,
	countsOf,
	type Exit,
	FILES,
	type Launch,
	listIn,
	objectIn,
	textIn,
	wholePrompt,
} from "./adapter";
import { toTexts } from "./env-texts";
import { recordUsage } from "./meter";
import type { Job, JobEnd } from "./work";

const SANDBOX = {
	plan: ["--sandbox", "read-only"],
	edits: ["--sandbox", "workspace-write"],
	ask: ["--sandbox", "workspace-write"],
	all: ["--dangerously-bypass-approvals-and-sandbox"],
} as const;

/** Codex: https://developers.openai.com/codex/noninteractive */
export const codexAdapter: Adapter = (job) => {
	const reader = new CodexReader(job);
	return {
		...launchCodex(job),
		event: (event) => reader.event(event),
		turns: () => reader.turns(),
		end: (exit) => reader.end(exit),
	};
};

function launchCodex(job: Job): Launch {
	const { config, resumes, sessionId } = job;
	const env = toTexts(config.env);
	const wantsSchema = config.success.includes("schema");
	return {
		args: [
			...["exec", "--json", "--skip-git-repo-check", ...SANDBOX[config.permissions]],
			...(config.model ? ["--model", config.model] : []),
			...(wantsSchema ? ["--output-schema", `${FILES}/schema.json`] : []),
			// Its flags stand before the word that resumes.
			...(resumes ? ["resume", sessionId, "-"] : ["-"]),
		],
		...(wantsSchema && { files: { "schema.json": JSON.stringify(config.jsonSchema) } }),
		// Without signing in it reads this one alone.
		env: env.OPENAI_API_KEY && !env.CODEX_API_KEY ? { CODEX_API_KEY: env.OPENAI_API_KEY } : {},
		stdin: wholePrompt(job),
	};
}

class CodexReader {
	private readonly begun = new Set<string>();
	private steps = 0;
	private text = "";
	private isDone = false;
	private problem: string | undefined;

	constructor(private readonly job: Job) {}

	/** What it says and does: it tells of no calls of its model. */
	turns(): number {
		return this.steps;
	}

	event(event: JsonObject): void {
		switch (event.type) {
			case "thread.started":
				this.job.recorder.add({ kind: "session", sessionId: textIn(event.thread_id) });
				break;
			case "item.started":
				this.item(objectIn(event.item), false);
				break;
			case "item.completed":
				this.item(objectIn(event.item), true);
				break;
			case "turn.completed":
				this.isDone = true;
				this.usage(event);
				break;
			case "turn.failed":
				this.problem = textIn(objectIn(event.error).message) || "Its turn failed.";
				this.usage(event);
				break;
			case "error":
				// It may try again: what becomes of it is told by the turn.
				this.problem ??= textIn(event.message);
				this.job.recorder.add({ kind: "notice", level: "warn", text: textIn(event.message) });
				break;
			case "turn.started":
			case "item.updated":
				return;
			default:
				this.job.recorder.add({
					kind: "notice",
					level: "info",
					text: `An event of an unknown kind: ${textIn(event.type)}`,
				});
		}
	}

	private item(item: JsonObject, isOver: boolean): void {
		const { recorder } = this.job;
		const type = textIn(item.type) || textIn(item.item_type);
		if (type === "agent_message" || type === "assistant_message") {
			if (!isOver) return;
			this.text = textIn(item.text);
			this.steps += 1;
			recorder.add({ kind: "text", text: this.text });
			return;
		}
		if (type === "reasoning") {
			if (isOver) recorder.add({ kind: "thinking", text: textIn(item.text) });
			return;
		}
		if (type === "error") {
			if (isOver) recorder.add({ kind: "notice", level: "warn", text: textIn(item.message) });
			return;
		}
		this.call({ ...item, type }, isOver);
	}

	private call(item: JsonObject & { type: string }, isOver: boolean): void {
		const { recorder } = this.job;
		const id = textIn(item.id);
		if (!this.begun.has(id)) {
			this.begun.add(id);
			this.steps += 1;
			recorder.add({ kind: "call", id, ...callOf(item) });
		}
		if (!isOver) return;
		const text = resultOf(item);
		const state = item.status === "declined" ? "refused" : item.status === "failed" ? "failed" : "ok";
		recorder.add({ kind: "result", id, state, text, characters: text.length });
	}

	/** Its numbers are those of the whole thread: cached tokens are part of the input, thinking of the output. */
	private usage({ usage }: JsonObject): void {
		const { recorder, config } = this.job;
		const told = countsOf(usage, NAMES);
		const { totals } = recorder.state;
		const isSum = NAMES.every((name) => told[name] >= (totals[name] ?? 0));
		const since = (name: (typeof NAMES)[number]) => told[name] - (isSum ? (totals[name] ?? 0) : 0);
		const cached = Math.min(since("cached_input_tokens"), since("input_tokens"));
		const reasoning = Math.min(since("reasoning_output_tokens"), since("output_tokens"));
		const { CODEX_API_KEY, OPENAI_API_KEY } = toTexts(config.env);
		recordUsage(this.job, {
			...{ provider: "openai", model: config.model ?? "codex" },
			counts: {
				inputTokens: since("input_tokens") - cached,
				cacheReadTokens: cached,
				cacheWriteTokens: 0,
				outputTokens: since("output_tokens") - reasoning,
				reasoningTokens: reasoning,
			},
			isPlan: !CODEX_API_KEY && !OPENAI_API_KEY,
			totals: told,
		});
	}

	end(exit: Exit): JobEnd {
		const turns = this.turns();
		if (this.isDone && exit.code === 0) return { state: "done", text: this.text, turns };
		const why = this.problem ?? exit.text;
		return { state: "failed", text: this.isDone || this.problem ? why : `Codex ended in the middle. ${why}`, turns };
	}
}

const NAMES = ["input_tokens", "cached_input_tokens", "output_tokens", "reasoning_output_tokens"] as const;

function callOf(item: JsonObject & { type: string }): { name: string; input: JsonObject } {
	const { type, command, changes, server, tool, query, items } = item;
	switch (type) {
		case "command_execution":
			return { name: "shell", input: { command: command ?? "" } };
		case "file_change":
			return { name: "edit", input: { changes: changes ?? [] } };
		case "mcp_tool_call":
			return { name: `${textIn(server)}.${textIn(tool)}`, input: { arguments: item.arguments ?? {} } };
		case "web_search":
			return { name: "web_search", input: { query: query ?? "" } };
		case "todo_list":
			return { name: "todo_list", input: { items: items ?? [] } };
		default:
			return { name: type || "unknown", input: {} };
	}
}

function resultOf(item: JsonObject & { type: string }): string {
	switch (item.type) {
		case "command_execution":
			return `${textIn(item.aggregated_output)}\nExit code ${item.exit_code ?? "unknown"}.`.trim();
		case "file_change":
			return listIn(item.changes)
				.map((change) => `${textIn(objectIn(change).kind)} ${textIn(objectIn(change).path)}`)
				.join("\n");
		case "mcp_tool_call":
			return contentText(objectIn(item.result).content) || textIn(objectIn(item.error).message);
		default:
			return "";
	}
}
