import {
	type AssistantMessage,
	type LlmMessage,
	type LlmToolCall,
	type LlmToolResult,
	userMessage,
} from "@/server/llm/messages";
import type { Usage } from "@/server/runs/events";
import { totalTokens } from "@/server/runs/state";
import type { Entry, Limit, ResultEntry, TurnEntry } from "./entry";
import { createOutsideText, type OutsideText } from "./outside-text";

/** A call that the model has asked for and that has no result yet. */
export interface PendingCall extends LlmToolCall {
	/** It had begun when its worker was interrupted. */
	hasBegun: boolean;
	isAllowed: boolean;
}

/** Calls of one turn that are made. */
const MAX_CALLS = 64;
const TOO_MANY = `Too many calls at once: only the first ${MAX_CALLS} were made. Ask again for those that you still need.`;

/** How far an agent is: follows from what it has recorded. */
export interface AgentState {
	/** What is sent to the model. */
	messages: LlmMessage[];
	lastTurn: TurnEntry | undefined;
	pending: PendingCall[];
	turns: number;
	/** Those of `turns` that another run has taken: no limit counts them. */
	copied: number;
	calls: number;
	tokens: number;
	costUsd: number;
	/** How long its model and its tools have worked. */
	workedMs: number;
	raised: Record<Limit, number>;
	/** How often somebody let it go on after a budget was spent. */
	continued: number;
	/** The call that was asked for last, by its name and input, and how many times in a row. */
	lastCall: string | undefined;
	repeats: number;
	/** Answers in a row that were no use, so that the model had to be told. */
	said: number;
	/** The turn after which the conversation was summed up last. */
	summedAt: number | undefined;
	/** Kinds of calls that somebody has allowed for the rest of the run. */
	leave: Set<string>;
	outside: OutsideText;
}

const NOT_RAISED: Readonly<Record<Limit, number>> = { turns: 0, minutes: 0, tokens: 0, dollars: 0 };

export function beginState(task: string): AgentState {
	return {
		messages: [userMessage(task)],
		lastTurn: undefined,
		pending: [],
		lastCall: undefined,
		...{ turns: 0, copied: 0, calls: 0, tokens: 0, costUsd: 0, workedMs: 0, repeats: 0, said: 0, continued: 0 },
		raised: { ...NOT_RAISED },
		summedAt: undefined,
		leave: new Set(),
		outside: createOutsideText(),
	};
}

const NOTHING_USED = {
	...{ tokens: 0, costUsd: 0, workedMs: 0, repeats: 0, said: 0, continued: 0 },
	...{ lastCall: undefined, summedAt: undefined },
} satisfies Partial<AgentState>;

/** Folds an entry into the state. */
export function applyEntry(state: AgentState, task: string, entry: Entry): void {
	switch (entry.kind) {
		case "turn":
			applyTurn(state, entry);
			break;
		case "began":
			changeCall(state, entry.id, { hasBegun: true });
			break;
		case "allowed":
			changeCall(state, entry.id, { isAllowed: true });
			if (entry.leave !== undefined) state.leave.add(entry.leave);
			break;
		case "result":
			applyResult(state, entry);
			break;
		case "said":
			state.messages.push(userMessage(entry.text));
			state.lastTurn = undefined;
			state.said += 1;
			break;
		case "dropped":
			break;
		case "continued":
			state.continued += 1;
			break;
		case "raised":
			state.raised[entry.limit] += entry.by;
			break;
		case "forked":
			applyFork(state, entry.message);
			break;
		case "summed":
			count(state, entry);
			state.messages = [userMessage(`${task}\n\nWhat you have done and found so far:\n${entry.text}`)];
			state.lastTurn = undefined;
			state.summedAt = state.turns;
	}
}

/** Of what another run has done the conversation counts: no cost, no leave, and nothing that led nowhere there. */
function applyFork(state: AgentState, message: string | undefined): void {
	Object.assign(state, { ...NOTHING_USED, copied: state.turns, raised: { ...NOT_RAISED } });
	state.pending = state.pending.map((call) => ({ ...call, isAllowed: false }));
	state.leave.clear();
	if (message === undefined) return;
	// It may ask for something; what it says word by word is not done without somebody who looks.
	state.outside.add(message, "outside");
	state.messages.push(userMessage(message));
	state.lastTurn = undefined;
}

function count(state: AgentState, { usage, ms }: { usage: Usage; ms: number }): void {
	state.tokens += totalTokens(usage);
	state.costUsd += usage.costUsd;
	state.workedMs += ms;
}

function applyTurn(state: AgentState, entry: TurnEntry): void {
	count(state, entry);
	const { message } = entry;
	state.messages.push(message);
	state.lastTurn = entry;
	state.turns += 1;
	const calls = callsToMake(message);
	state.calls += calls.length;
	state.pending = calls.map((call) => ({ ...call, hasBegun: false, isAllowed: false }));
	if (message.toolCalls.length > 0) state.said = 0;
	for (const call of message.toolCalls) countRepeats(state, call);
	if (message.toolCalls.length === 0) return;
	const left = message.toolCalls.slice(MAX_CALLS).map((call) => resultOf(call, { text: TOO_MANY, isError: true }));
	state.messages.push({ role: "tool", results: left });
}

export function callsToMake({ toolCalls }: AssistantMessage): LlmToolCall[] {
	return toolCalls.slice(0, MAX_CALLS);
}

function resultOf({ id, name }: LlmToolCall, { text, isError }: { text: string; isError: boolean }): LlmToolResult {
	return { callId: id, name, content: [{ type: "text", text }], isError };
}

function countRepeats(state: AgentState, { name, input }: LlmToolCall): void {
	const call = `${name} ${JSON.stringify(input)}`;
	state.repeats = call === state.lastCall ? state.repeats + 1 : 1;
	state.lastCall = call;
}

function changeCall(state: AgentState, id: string, change: Partial<PendingCall>): void {
	state.pending = state.pending.map((call) => (call.id === id ? { ...call, ...change } : call));
}

function applyResult(state: AgentState, { id, text, state: end, origin, ms }: ResultEntry): void {
	const call = state.pending.find((one) => one.id === id);
	if (call === undefined) return;
	state.workedMs += ms;
	state.outside.add(text, origin);
	state.pending = state.pending.filter((one) => one.id !== id);
	const answers = state.messages.at(-1);
	if (answers?.role !== "tool") return;
	const places = new Map(state.lastTurn?.message.toolCalls.map((one, index) => [one.id, index]));
	const placeOf = ({ callId }: LlmToolResult) => places.get(callId) ?? 0;
	const results = [...answers.results, resultOf(call, { text, isError: end !== "ok" })];
	results.sort((a, b) => placeOf(a) - placeOf(b));
	state.messages[state.messages.length - 1] = { role: "tool", results };
}
