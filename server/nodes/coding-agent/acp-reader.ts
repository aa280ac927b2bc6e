import type { RequestPermissionResponse, StopReason } from "@agentclientprotocol/sdk";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { asCost } from "@/server/runs/told-usage";
import { createAcpCalls, inputOf, nameOf } from "./acp-calls";
import { contentText, createLastWords, listIn, objectIn, textIn } from "./adapter";
import { titleOf } from "./agents";
import { decide } from "./decide";
import { costOfStart, NO_TOKENS, recordUsage } from "./meter";
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
	private words = createLastWords();
	private readonly calls = createAcpCalls();
	/** What its session has cost, as it tells. */
	private sumUsd: number | undefined;
	private paidUsd = 0;

	constructor(
		private readonly job: Job,
		private readonly watch: { stop(reason: "asked" | "turns"): void },
	) {}

	turns(): number {
		return this.count;
	}

	/**
	 * From now on what it tells is new.
	 * @param isLoaded the session has cost something before
	 */
	begin(isLoaded: boolean): void {
		this.isIgnoring = false;
		if (isLoaded) this.paidUsd = this.job.recorder.state.totals.costUsd ?? 0;
	}

	/** What this start has cost, in US dollars, as far as it is told and not recorded. */
	unrecordedUsd(): number {
		return this.sumUsd === undefined ? 0 : costOfStart(this.sumUsd, this.paidUsd, undefined);
	}

	/** Called once, however it has ended. */
	recordCost(): void {
		if (this.sumUsd === undefined) return;
		const { agent, model = agent } = this.job.config;
		const [reportedUsd, totals] = [this.unrecordedUsd(), { costUsd: this.sumUsd }];
		this.sumUsd = undefined;
		recordUsage(this.job, { provider: agent, model, counts: NO_TOKENS, reportedUsd, isPlan: false, totals });
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
				this.words.append(text);
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
				this.calls.merge(told);
				this.result(told);
				break;
			case "plan": {
				const entries = listIn(told.entries).map((entry) => `- ${textIn(objectIn(entry).content)}`);
				this.note("info", ["Its plan:", ...entries].join("\n"));
				break;
			}
			case "user_message_chunk":
			case "available_commands_update":
			case "current_mode_update":
			case "config_option_update":
			case "session_info_update":
				return;
			case "usage_update": {
				const { amount, currency } = objectIn(told.cost);
				if (currency === "USD") this.sumUsd = asCost(amount) ?? this.sumUsd;
				return;
			}
			default: {
				const name = textIn(told.sessionUpdate);
				this.note("info", `An event of an unknown kind: ${name}`);
			}
		}
	}

	private note(level: "info" | "warn", text: string): void {
		this.job.recorder.add({ kind: "notice", level, text });
	}

	private call(told: JsonObject): void {
		this.turn();
		this.words = createLastWords();
		this.calls.begin(told);
		this.job.recorder.add({ kind: "call", id: textIn(told.toolCallId), name: nameOf(told), input: inputOf(told) });
		this.result(told);
	}

	private result({ toolCallId, status, content, rawOutput }: JsonObject): void {
		if (status !== "completed" && status !== "failed") return;
		this.isTurn = false;
		this.calls.end({ toolCallId: toolCallId ?? "" });
		const text = outputOf(content) || written(rawOutput);
		const state = status === "completed" ? "ok" : "failed";
		this.job.recorder.add({ kind: "result", id: textIn(toolCallId), state, text, characters: text.length });
	}

	permission({ toolCall, options }: JsonObject): RequestPermissionResponse {
		const { permissions } = this.job.config;
		if (this.isAsking) return CANCELLED;
		const call = this.calls.merge(objectIn(toolCall));
		// What somebody has allowed once is no leave for what follows.
		const kinds = permissions === "all" ? ["allow_once", "allow_always"] : ["allow_once"];
		const allow = () => {
			const chosen = choose(options, kinds);
			if (chosen === CANCELLED) this.note("warn", "It offers no way to allow this once, so it was not allowed.");
			return chosen;
		};
		if (FREE[permissions].includes(textIn(call.kind))) return allow();
		const verdict = decide(this.job, { name: nameOf(call), input: inputOf(call) });
		if (verdict.state === "allowed") return allow();
		if (verdict.state === "refused") return choose(options, ["reject_once", "reject_always"]);
		this.isAsking = true;
		this.watch.stop("asked");
		return CANCELLED;
	}

	end(stopReason: StopReason): JobEnd {
		const { config } = this.job;
		const turns = this.turns();
		if (this.isAsking) return { state: "asked", text: "It waits until somebody allows what it asks for.", turns };
		switch (stopReason) {
			case "end_turn":
				return { state: "done", text: this.words.toString(), turns };
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

export const CANCELLED: RequestPermissionResponse = { outcome: { outcome: "cancelled" } };

/** The first of these kinds that the agent offers. */
function choose(options: Json | undefined, kinds: readonly string[]): RequestPermissionResponse {
	const offered = listIn(options).map(objectIn);
	const [found] = kinds.flatMap((kind) => offered.filter((option) => option.kind === kind));
	if (found === undefined) return CANCELLED;
	return { outcome: { outcome: "selected", optionId: textIn(found.optionId) } };
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
