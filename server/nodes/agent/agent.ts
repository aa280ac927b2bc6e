import { setImmediate } from "node:timers/promises";
import type { LlmProvider, LlmTool } from "@/server/llm/provider";
import { REFERENCE_ROOTS, UnknownReferenceError } from "@/server/plan/expressions/scope";
import { asJson } from "@/server/plan/values/json";
import type { Usage } from "@/server/runs/events";
import { isAnswerTo } from "../ask";
import type { ExecuteContext, ShownEvent } from "../execute-context";
import type { WaitAnswer } from "../wait";
import { type AgentState, applyEntry, beginState } from "./agent-state";
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
	/** Written in the step, or a prompt of the library. */
	readonly instructions: Instructions | undefined;
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

interface Instructions {
	text: string;
	/** Of the library. */
	prompt?: { name: string; version: number };
}

interface Parts {
	config: AgentConfig;
	provider: LlmProvider;
	tools: ReadonlyMap<string, AgentTool>;
}

/** The agent as its records left it. */
export async function openAgent(context: ExecuteContext, { config, provider, tools }: Parts): Promise<Agent> {
	const instructions = await readInstructions(context, config);
	const { entries, answer } = await context.transcript.read();
	const state = beginState(config.prompt);
	await addGiven(state, context);
	for (const [index, entry] of entries.entries()) {
		applyEntry(state, config.prompt, entrySchema.parse(entry));
		if (index % 10 === 9) await setImmediate();
	}
	const offered = [...tools].map(([name, { description, inputSchema }]) => ({
		name,
		description: description(config),
		inputSchema,
	}));
	const agent: Agent = {
		...{ config, context, provider, tools, offered, state, answer, instructions },
		async record(entry, told = {}) {
			await context.transcript.append(asJson(entry), told);
			if (told.takesAnswer) agent.answer = null;
			applyEntry(state, config.prompt, entry);
		},
	};
	return agent;
}

async function readInstructions(
	context: ExecuteContext,
	{ promptName, variables, instructions: text }: AgentConfig,
): Promise<Instructions | undefined> {
	if (promptName === undefined) return text === undefined ? undefined : { text };
	const { text: written, ...prompt } = await context.prompt(variables);
	return { text: written, prompt };
}

/** What the step was given besides its own words and the run's: strangers may have written it. */
const GIVEN = REFERENCE_ROOTS.filter((root) => root !== "secrets" && root !== "run");

async function addGiven({ outside }: AgentState, { evaluate }: ExecuteContext): Promise<void> {
	for (const root of GIVEN) {
		const value = read(() => evaluate(root));
		if (value === UNREADABLE) outside.miss();
		else await outside.addAll(asJson(value));
	}
}

const UNREADABLE = Symbol("unreadable");

function read(evaluate: () => unknown): unknown {
	try {
		return evaluate();
	} catch (error) {
		// There is no item outside of a container; what is there and cannot be read must not count as nothing.
		return error instanceof UnknownReferenceError ? null : UNREADABLE;
	}
}
