import type { RequestPermissionResponse, StopReason } from "@agentclientprotocol/sdk";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { contentText, listIn, objectIn, textIn } from "./adapter";
import { titleOf } from "./agents";
import { decide } from "./decide";
import type { Job, JobEnd } from "./work";

/** Kinds of tools that a step lets an agent use without a word. */
const FREE: Record<Job["config"]["permissions"], readonly string[]> = {
	plan: ["read", "search", "think", "fetch"],
	edits: ["read", "search", "think", "fetch", "edit"],
	ask: [],
	all: [],
};

/** Records what an agent tells over ACP, and answers what it asks. */
export class AcpReader {
	isAsking = false;
	private isIgnoring = true;
	private isTurn = false;
	private count = 0;
	private text = "";

	constructor(
		private readonly job: Job,
		private readonly watch: { stop(reason: "asked" | "turns"): void },
	) {}

	turns(): number {
		return this.count;
	}

	/** From now on what it tells is new. */
	begin(): void {
		this.isIgnoring = false;
	}

	async ignoring<Answer>(work: () => Promise<Answer>): Promise<Answer> {
		this.isIgnoring = true;
		return await work();
	}

	private turn(): void {
		if (!this.isTurn) this.count += 1;
		this.isTurn = true;
		if (this.count > this.job.turnsLeft) this.watch.stop("turns");
	}

	update({ update }: JsonObject): void {
		if (this.isIgnoring) return;
		const { recorder } = this.job;
		const told = objectIn(update);
		const text = textIn(objectIn(told.content).text);
		switch (told.sessionUpdate) {
			case "agent_message_chunk":
				this.turn();
				this.text += text;
				recorder.add({ kind: "text", text, delta: true });
				break;
			case "agent_thought_chunk":
				this.turn();
				recorder.add({ kind: "thinking", text, delta: true });
				break;
			case "tool_call":
				this.call(told);
				break;
			case "tool_call_update":
				this.result(told);
				break;
			case "plan": {
				const entries = listIn(told.entries).map((entry) => `- ${textIn(objectIn(entry).content)}`);
				recorder.add({ kind: "notice", level: "info", text: ["Its plan:", ...entries].join("\n") });
				break;
			}
			case "user_message_chunk":
			case "available_commands_update":
			case "current_mode_update":
			case "config_option_update":
			case "session_info_update":
			case "usage_update":
				return;
			default: {
				const name = textIn(told.sessionUpdate);
				recorder.add({ kind: "notice", level: "info", text: `An event of an unknown kind: ${name}` });
			}
		}
	}

	private call(told: JsonObject): void {
		this.turn();
		this.text = "";
		this.job.recorder.add({ kind: "call", id: textIn(told.toolCallId), name: nameOf(told), input: inputOf(told) });
		this.result(told);
	}

	private result({ toolCallId, status, content, rawOutput }: JsonObject): void {
		if (status !== "completed" && status !== "failed") return;
		this.isTurn = false;
		const text = outputOf(content) || written(rawOutput);
		const state = status === "completed" ? "ok" : "failed";
		this.job.recorder.add({ kind: "result", id: textIn(toolCallId), state, text, characters: text.length });
	}

	permission({ toolCall, options }: JsonObject): RequestPermissionResponse {
		const call = objectIn(toolCall);
		const choose = (kinds: string[]): RequestPermissionResponse => {
			const found = listIn(options)
				.map(objectIn)
				.find(({ kind }) => kinds.includes(textIn(kind)));
			if (found === undefined) return { outcome: { outcome: "cancelled" } };
			return { outcome: { outcome: "selected", optionId: textIn(found.optionId) } };
		};
		const allow = () => choose(["allow_once", "allow_always"]);
		if (this.isAsking) return { outcome: { outcome: "cancelled" } };
		if (FREE[this.job.config.permissions].includes(textIn(call.kind))) return allow();
		const verdict = decide(this.job, { id: textIn(call.toolCallId), name: nameOf(call), input: inputOf(call) });
		if (verdict === "allowed") return allow();
		if (verdict === "refused") return choose(["reject_once", "reject_always"]);
		this.isAsking = true;
		this.watch.stop("asked");
		return { outcome: { outcome: "cancelled" } };
	}

	end(stopReason: StopReason): JobEnd {
		const { config } = this.job;
		const turns = this.turns();
		if (this.isAsking) return { state: "asked", text: "It waits until somebody allows what it asks for.", turns };
		switch (stopReason) {
			case "end_turn":
				return { state: "done", text: this.text, turns };
			case "max_turn_requests":
				return { state: "limit", text: "It reached its own limit of requests to its model.", turns };
			case "max_tokens":
				return { state: "limit", text: "Its answer became longer than its model allows.", turns };
			case "refusal":
				return { state: "failed", text: `${titleOf(config.agent)} refused the task. Word it differently.`, turns };
			case "cancelled":
				return { state: "failed", text: `${titleOf(config.agent)} broke its work off.`, turns };
		}
	}
}

function nameOf({ title, kind }: JsonObject): string {
	return textIn(title) || textIn(kind) || "a tool";
}

function inputOf({ rawInput, content, locations }: JsonObject): Json {
	if (rawInput !== undefined && rawInput !== null) return rawInput;
	return { ...(content !== undefined && { content }), ...(locations !== undefined && { locations }) };
}

/** Its content: texts, and changes of files. */
function outputOf(content: Json | undefined): string {
	return listIn(content)
		.map((block) => {
			const { type, path, newText, content: inner } = objectIn(block);
			return type === "diff" ? `${textIn(path)}:\n${textIn(newText)}` : contentText([inner ?? null]);
		})
		.filter(Boolean)
		.join("\n");
}

function written(output: Json | undefined): string {
	if (output === undefined || output === null) return "";
	return typeof output === "string" ? output : JSON.stringify(output);
}
