import type { LlmProvider, LlmTool } from "@/server/llm/provider";
import { asJson } from "@/server/plan/values/json";
import type { Usage } from "@/server/runs/events";
import type { ExecuteContext, ShownEvent } from "../execute-context";
import type { WaitAnswer } from "../wait";
import { type AgentState, applyEntry, beginState } from "./agent-state";
import { isAnswerTo } from "./ask";
import type { AgentConfig } from "./definition";
import { type Entry, entrySchema } from "./entry";
import type { AgentTool } from "./tool";

/** An agent at work. */
export interface Agent {
	readonly config: AgentConfig;
	readonly context: ExecuteContext;
	readonly provider: LlmProvider;
	/** Those that the step has switched on, and no other. */
	readonly tools: ReadonlyMap<string, AgentTool>;
	readonly offered: readonly LlmTool[];
	readonly state: AgentState;
	/** The answer to what it asked last; null once that has been used. */
	answer: WaitAnswer | null;
	/** Records an entry, and goes on from it. */
	record(entry: Entry, told?: Told): Promise<void>;
}

/** The answer, if it is one to this question: any other is dropped, so that it decides nothing. */
export async function answerTo(agent: Agent, question: string): Promise<WaitAnswer | null> {
	const { answer } = agent;
	if (answer === null || isAnswerTo(answer, question)) return answer;
	const dropped = answer.for === "approval" && answer.question !== undefined ? { question: answer.question } : {};
	await agent.record({ kind: "dropped", ...dropped }, { takesAnswer: true });
	return null;
}

interface Told {
	events?: readonly ShownEvent[];
	usage?: readonly Usage[];
	/** The entry is what the answer led to. */
	takesAnswer?: boolean;
}

interface Parts {
	config: AgentConfig;
	provider: LlmProvider;
	tools: ReadonlyMap<string, AgentTool>;
}

/** The agent as its records left it. */
export async function openAgent(context: ExecuteContext, { config, provider, tools }: Parts): Promise<Agent> {
	const { entries, answer } = await context.transcript.read();
	const state = beginState(config.prompt);
	for (const text of outsideTexts(context)) state.outside.add(text, "outside");
	for (const entry of entries) applyEntry(state, config.prompt, entrySchema.parse(entry));
	const offered = [...tools].map(([name, { description, inputSchema }]) => ({ name, description, inputSchema }));
	const agent: Agent = {
		...{ config, context, provider, tools, offered, state, answer },
		async record(entry, told = {}) {
			await context.transcript.append(asJson(entry), told);
			if (told.takesAnswer) agent.answer = null;
			applyEntry(state, config.prompt, entry);
		},
	};
	return agent;
}

/** What strangers may have written of what the step was given. */
function outsideTexts({ evaluate }: ExecuteContext): string[] {
	return ["trigger", "steps", "item"].flatMap((root) => {
		try {
			return textsIn(evaluate(root));
		} catch {
			// There is no item outside of a container.
			return [];
		}
	});
}

function textsIn(value: unknown): string[] {
	if (typeof value === "string") return [value];
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
