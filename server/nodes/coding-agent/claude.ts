import { PassThrough } from "node:stream";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { type Adapter, contentText, type Exit, type Launch, listIn, objectIn, textIn, wholePrompt } from "./adapter";
import { createClaudeLedger } from "./claude-ledger";
import { decide } from "./decide";
import { limitTexts } from "./limit-texts";
import type { Job, JobEnd } from "./work";

/** An argument may hold 128 KB. */
const MAX_ARGUMENT_BYTES = 100_000;
const MODES = { plan: "plan", edits: "acceptEdits", ask: "default" } as const;

/** Claude Code: https://code.claude.com/docs/en/headless */
export const claudeAdapter: Adapter = (job, stop) => {
	const { launch, send } = launchClaude(job);
	const reader = new ClaudeReader(job, { stop, send });
	return {
		...launch,
		event: (event) => reader.event(event),
		turns: () => reader.turns(),
		unrecordedUsd: () => reader.unrecordedUsd(),
		end: (exit) => reader.end(exit),
	};
};

type Send = (message: JsonObject | null) => void;

function launchClaude(job: Job): { launch: Launch; send: Send } {
	const { config, sessionId, resumes, budgetUsd, turnsLeft, instructions } = job;
	const fits = Buffer.byteLength(instructions) <= MAX_ARGUMENT_BYTES;
	const args = ["-p", "--output-format", "stream-json", "--verbose", "--include-partial-messages"];
	args.push(...(resumes ? ["--resume", sessionId] : ["--session-id", sessionId]));
	args.push("--max-turns", String(turnsLeft));
	if (Number.isFinite(budgetUsd)) args.push("--max-budget-usd", budgetUsd.toFixed(4));
	if (config.model) args.push("--model", config.model);
	// Hooks, servers of tools, rules and variables of a repository would count before the first turn, whatever the mode.
	if (!config.obeysRepository) args.push("--setting-sources", "user", "--strict-mcp-config");
	if (config.allowedTools.length > 0) args.push("--allowedTools", config.allowedTools.join(","));
	if (instructions !== "" && fits) args.push("--append-system-prompt", instructions);
	if (config.success.includes("schema")) args.push("--json-schema", JSON.stringify(config.jsonSchema));
	const prompt = wholePrompt(fits ? { ...job, instructions: "" } : job);
	const silent = { send: () => {} };
	if (config.permissions === "all")
		return {
			launch: { args: [...args, "--dangerously-skip-permissions"], env: { IS_SANDBOX: "1" }, stdin: prompt },
			...silent,
		};
	args.push("--permission-mode", MODES[config.permissions]);
	return config.permissions === "ask" ? launchAsking(args, prompt) : { launch: { args, stdin: prompt }, ...silent };
}

/** It asks on its standard output and is answered on its standard input, as its SDKs do. */
function launchAsking(args: string[], prompt: string): { launch: Launch; send: Send } {
	const stdin = new PassThrough();
	const send: Send = (message) => void (message === null ? stdin.end() : stdin.write(`${JSON.stringify(message)}\n`));
	send({ type: "user", message: { role: "user", content: prompt }, parent_tool_use_id: null, session_id: "" });
	const more = ["--permission-prompt-tool", "stdio", "--input-format", "stream-json"];
	return { launch: { args: [...args, ...more], stdin }, send };
}

class ClaudeReader {
	private readonly messages = new Set<string>();
	private readonly ledger: ReturnType<typeof createClaudeLedger>;
	private result: JsonObject | undefined;
	private isAsking = false;

	constructor(
		private readonly job: Job,
		private readonly far: { stop: () => void; send: Send },
	) {
		this.ledger = createClaudeLedger(job);
	}

	turns(): number {
		return this.messages.size;
	}

	unrecordedUsd(): number {
		return this.ledger.unrecordedUsd();
	}

	event(event: JsonObject): void {
		switch (event.type) {
			case "system":
				this.system(event);
				break;
			case "assistant":
				this.assistant(event);
				break;
			case "user":
				this.user(event);
				break;
			case "control_request":
				this.control(event);
				break;
			case "result":
				this.take(event);
				break;
			case "stream_event":
				this.word(event);
				break;
			case "rate_limit_event":
			case "control_response":
				return;
			default:
				this.note("info", `An event of an unknown kind: ${textIn(event.type)}`);
		}
	}

	private note(level: "info" | "warn" | "error", text: string): void {
		this.job.recorder.add({ kind: "notice", level, text });
	}

	private system(event: JsonObject): void {
		if (event.subtype === "init") {
			this.ledger.model = textIn(event.model);
			const sessionId = textIn(event.session_id);
			if (sessionId !== "") this.job.recorder.add({ kind: "session", sessionId });
		}
		if (event.subtype === "api_retry")
			this.note("warn", `Its model did not answer (${textIn(event.error) || event.error_status}), and is asked again.`);
		if (event.subtype === "compact_boundary") this.note("info", "It has summed its conversation up.");
	}

	private assistant({ message, parent_tool_use_id: parent }: JsonObject): void {
		const { id, content, usage, model } = objectIn(message);
		if (parent === null || parent === undefined) this.messages.add(textIn(id).slice(0, 200));
		this.ledger.count(textIn(id), usage, textIn(model));
		for (const block of listIn(content)) this.block(objectIn(block));
	}

	/** A piece of a text, of which all is told again when it is whole. */
	private word({ event, parent_tool_use_id: parent }: JsonObject): void {
		const { type, text } = objectIn(objectIn(event).delta);
		if (type === "text_delta" && (parent === null || parent === undefined)) this.job.context.token(textIn(text));
	}

	private block(block: JsonObject): void {
		const { recorder } = this.job;
		if (block.type === "text") recorder.add({ kind: "text", text: textIn(block.text) });
		if (block.type === "thinking") recorder.add({ kind: "thinking", text: textIn(block.thinking) });
		if (block.type === "tool_use" || block.type === "server_tool_use")
			recorder.add({ kind: "call", id: textIn(block.id), name: textIn(block.name), input: block.input ?? {} });
	}

	private user({ message }: JsonObject): void {
		for (const block of listIn(objectIn(message).content)) {
			const { type, tool_use_id: id, content, is_error: isError } = objectIn(block);
			if (type !== "tool_result") continue;
			const text = contentText(content);
			const state = isError === true ? "failed" : "ok";
			this.job.recorder.add({ kind: "result", id: textIn(id), state, text, characters: text.length });
		}
	}

	private control({ request_id, request }: JsonObject): void {
		const { subtype, tool_name, input = {} } = objectIn(request);
		const respond = (response: JsonObject) =>
			this.far.send({
				type: "control_response",
				response: { subtype: "success", request_id: request_id ?? "", response },
			});
		if (subtype !== "can_use_tool") {
			respond({});
			return;
		}
		const wanted = { name: textIn(tool_name), input };
		const verdict = this.isAsking ? undefined : decide(this.job, wanted);
		if (verdict?.state === "allowed") {
			respond({ behavior: "allow", updatedInput: input });
			return;
		}
		if (verdict?.state === "refused") {
			respond({ behavior: "deny", message: verdict.why });
			return;
		}
		this.isAsking = true;
		respond({ behavior: "deny", message: "Somebody is being asked. Wait for the answer.", interrupt: true });
		this.far.send(null);
		this.far.stop();
	}

	private take(event: JsonObject): void {
		this.result = event;
		for (const denial of listIn(event.permission_denials)) {
			const { tool_name, tool_input = {} } = objectIn(denial);
			if (this.job.config.permissions === "ask") continue;
			decide(this.job, { name: textIn(tool_name), input: tool_input });
		}
		this.far.send(null);
	}

	end(exit: Exit): JobEnd {
		this.ledger.record(this.result);
		const turns = this.turns();
		if (this.isAsking) return { state: "asked", text: "It waits until somebody allows what it asks for.", turns };
		if (this.result === undefined)
			return { state: "failed", text: `Claude Code ended in the middle. ${exit.text}`, turns };
		return { ...endOf(this.result, this.job), turns };
	}
}

function endOf(result: JsonObject, { config, budgetUsd }: Job): Omit<JobEnd, "turns"> {
	const text = textIn(result.result);
	const problems = listIn(result.errors).map(textIn).filter(Boolean).join(" ");
	switch (result.subtype) {
		case "success":
			if (result.is_error === true) return { state: "failed", text: text || problems || "Claude Code failed." };
			return { state: "done", text, json: jsonOf(result.structured_output) };
		case "error_max_turns":
			return { state: "limit", text: limitTexts.turns(config.maxTurns) };
		case "error_max_budget_usd":
			return { state: "limit", text: limitTexts.cost(budgetUsd) };
		default:
			return { state: "failed", text: problems || text || `Claude Code failed: ${textIn(result.subtype)}.` };
	}
}

function jsonOf(value: Json | undefined): Json | undefined {
	return value === null ? undefined : value;
}
