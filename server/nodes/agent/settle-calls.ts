import pLimit from "p-limit";
import type { FormField } from "@/server/plan/form-field";
import type { Json } from "@/server/plan/values/json";
import { ask, CALL_TOO_LONG, readAnswer, SHOWN, shorten } from "../ask";
import type { StepCall, StepQuestion } from "../execute-context";
import type { WaitAnswer } from "../wait";
import { withoutInvisible, written } from "../written";
import { type Agent, answerTo } from "./agent";
import type { AgentState, PendingCall } from "./agent-state";
import type { ResultEntry } from "./entry";
import type { BoundCall, Origin } from "./tool";
import { askHumanInput, formOf } from "./tools/ask-human";
import { callOf, runWorkflowInput, tellEnd } from "./tools/run-workflow";

/** Characters of a result that the model reads. */
const MAX_RESULT = 40_000;
/** Characters of a result and of an input that the run's page shows. */
export const SHOWN_RESULT = 4_000;
const LEAVE = "leave";
const NOTE = { name: "note", type: "textarea", label: "Anything it should know", required: false } as const;
/** Calls that only read, at the same time. */
const AT_ONCE = 4;
const LOST =
	"The result of this call was lost: the worker stopped while it ran. It may have happened, wholly or in part. Look before you do it again.";

type Ready = PendingCall & { bound: BoundCall; origin: Origin };

/**
 * Makes the calls that the model has asked for, until all have a result, or somebody has to be asked. Who may call what is
 * decided here alone, whatever the model has been told.
 */
export async function settleCalls(agent: Agent): Promise<StepQuestion | StepCall | undefined> {
	await refuseUnfit(agent);
	const calls = () => agent.state.pending.flatMap((call) => ready(agent, call));
	const reads = calls().filter((call) => call.bound.isRepeatable && isFree(agent, call));
	const limit = pLimit(AT_ONCE);
	await Promise.all(reads.map((call) => limit(() => make(agent, call))));
	// Read anew each time: a result may tell something that makes the next call one to ask about.
	for (let [call] = calls(); call !== undefined; [call] = calls()) {
		if (isFree(agent, call)) {
			const started = await makeOrStart(agent, call);
			if (started) return started;
			continue;
		}
		if (callToShow(call).length > SHOWN) {
			await end(agent, call, { state: "refused", text: CALL_TOO_LONG });
			continue;
		}
		const answer = await answerTo(agent, nameOf(agent, call));
		if (answer === null) return questionOf(agent, call);
		await takeAnswer(agent, call, answer);
	}
	return undefined;
}

/** Calls of what is not switched on, or with an input that does not fit. */
async function refuseUnfit(agent: Agent): Promise<void> {
	for (const call of agent.state.pending) {
		const problem = problemOf(agent, call);
		if (problem !== undefined) await end(agent, call, { state: "failed", text: problem });
	}
}

function problemOf({ tools, config, context }: Agent, { name, input, problem }: PendingCall): string | undefined {
	const tool = tools.get(name);
	if (tool === undefined) return `There is no tool ${name} here. You have: ${[...tools.keys()].join(", ") || "none"}.`;
	if (problem !== undefined) return `The input could not be read: ${problem}`;
	const bound = tool.bind(input, { config, context });
	return "problem" in bound ? `The input does not fit:\n${bound.problem}` : undefined;
}

function ready({ tools, config, context }: Agent, call: PendingCall): Ready[] {
	const tool = tools.get(call.name);
	const bound = tool?.bind(call.input, { config, context });
	return tool === undefined || bound === undefined || "problem" in bound
		? []
		: [{ ...call, bound, origin: tool.origin(config) }];
}

function isFree(agent: Agent, call: Ready): boolean {
	// What has been started was allowed then: the answer is how it ended, and nobody's to this call.
	const hasStarted = call.name === "run_workflow" && agent.answer?.for === "run";
	return hasStarted || call.hasBegun || call.isAllowed || reasonToAsk(agent, call) === undefined;
}

/** Why somebody has to be asked before this call is made; undefined if nobody has to be. */
function reasonToAsk({ config, state }: Agent, call: Ready): string | undefined {
	const { name, input, bound } = call;
	if (name === "ask_human") return "It asks somebody.";
	if (!bound.isDangerous) return undefined;
	const found = state.outside.find(input);
	if (found !== undefined)
		return `It repeats what came from outside: “${shorten(withoutInvisible(found), 200)}”. Look closely.`;
	if (isLeft(state, call)) return undefined;
	if (bound.asksAlways !== undefined) return bound.asksAlways;
	return config.approvals === "always" ? "The step lets this tool run only when somebody allows it." : undefined;
}

/** Whether somebody has allowed calls of this kind for the rest of the run. */
function isLeft({ leave }: AgentState, call: Ready): boolean {
	const kind = leaveOf(call);
	return kind !== undefined && leave.has(kind);
}

/** As people read it: a kind of calls of one tool. */
function leaveOf({ name, bound }: Ready): string | undefined {
	return bound.leave && `${name}: ${withoutInvisible(bound.leave)}`;
}

/** The run of a workflow is waited for without a worker: the first call that has no result is the one that has started it. */
async function makeOrStart(agent: Agent, call: Ready): Promise<StepCall | undefined> {
	if (call.name !== "run_workflow") {
		await make(agent, call);
		return undefined;
	}
	const { answer, config, context } = agent;
	if (answer === null || answer.for === "approval") return { call: callOf(runWorkflowInput.parse(call.input), config) };
	const called = await context.history.lastCalled();
	const problem = answer.for === "run" ? answer.problem : undefined;
	const { isOk, text } =
		problem === undefined && called ? tellEnd(called) : { isOk: false, text: problem ?? "The run is gone." };
	await end(agent, call, { state: isOk ? "ok" : "failed", text, origin: call.origin, takesAnswer: true });
	return undefined;
}

async function make(agent: Agent, call: Ready): Promise<void> {
	if (call.hasBegun && !call.bound.isRepeatable) return await end(agent, call, { state: "lost", text: LOST });
	if (!call.bound.isRepeatable) await agent.record({ kind: "began", id: call.id });
	const startedAt = performance.now();
	const { signal } = agent.context;
	try {
		const text = await call.bound.run();
		await end(agent, call, { state: "ok", text, origin: call.origin, ms: performance.now() - startedAt });
	} catch (error) {
		// An interrupted call has no result: whoever goes on finds it begun.
		signal.throwIfAborted();
		const text = error instanceof Error ? error.message : String(error);
		await end(agent, call, { state: "failed", text, origin: call.origin, ms: performance.now() - startedAt });
	}
}

interface End extends Pick<ResultEntry, "state" | "text"> {
	origin?: Origin;
	ms?: number;
	takesAnswer?: boolean;
}

async function end(
	agent: Agent,
	{ id }: PendingCall,
	{ state, text, origin = "own", ms = 0, takesAnswer = false }: End,
): Promise<void> {
	const isLong = text.length > MAX_RESULT;
	const kept = isLong
		? { text: `${text.slice(0, MAX_RESULT)}… the rest was left out.`, truncated: true as const }
		: { text };
	const data = { id, state, text: text.slice(0, SHOWN_RESULT), characters: text.length, ms: Math.round(ms) };
	await agent.record(
		{ kind: "result", id, state, ...kept, origin, ms },
		{ events: [{ type: "agent.result", data }], takesAnswer },
	);
}

/** Ids of calls are unique within their turn. */
function nameOf({ state }: Agent, { id }: PendingCall): string {
	return `${state.turns} ${id}`;
}

function questionOf(agent: Agent, call: Ready): StepQuestion {
	const { name, input } = call;
	const question = nameOf(agent, call);
	if (name === "ask_human") {
		const asked = askHumanInput.parse(input);
		return ask(agent.config, { by: "question", message: asked.question, fields: formOf(asked), question });
	}
	// The call comes last and whole: nothing that stands in it looks like a word of Weft about it.
	const message = `May it use ${name}? ${reasonToAsk(agent, call)}\n\n${callToShow(call)}`;
	return ask(agent.config, { by: "permission", message, fields: fieldsOf(call), question });
}

/** One that is very long could not be read whole. */
const MAX_LEAVE = 200;

function fieldsOf(call: Ready): FormField[] {
	const kind = leaveOf(call);
	if (kind === undefined || kind.length > MAX_LEAVE) return [{ ...NOTE }];
	const label = `Allow this for the rest of the run, too: ${kind}`;
	return [{ name: LEAVE, type: "boolean", label, required: false, default: false }, { ...NOTE }];
}

function callToShow({ bound }: Ready): string {
	return withoutInvisible(written(bound.input));
}

async function takeAnswer(agent: Agent, call: Ready, given: WaitAnswer): Promise<void> {
	const answer = readAnswer(given);
	const takesAnswer = true;
	if (call.name === "ask_human") {
		const text = answer?.isApproved
			? `${answer.by} answered:\n${written(answer.values)}`
			: answer
				? [`${answer.by} leaves it to you: decide by yourself.`, noteOf(answer.values)].filter(Boolean).join("\n")
				: "Nobody answered in time: decide by yourself.";
		return await end(agent, call, { state: answer ? "ok" : "failed", text, takesAnswer });
	}
	if (answer?.isApproved) {
		const leave = answer.values[LEAVE] === true ? leaveOf(call) : undefined;
		await agent.record({ kind: "allowed", id: call.id, ...(leave !== undefined && { leave }) }, { takesAnswer });
		return;
	}
	const text = answer
		? [`${answer.by} refused this call. Do not try it another way.`, noteOf(answer.values)].filter(Boolean).join("\n")
		: "Nobody allowed this call in time. Go on without it.";
	await end(agent, call, { state: "refused", text, takesAnswer });
}

function noteOf(values: Readonly<Record<string, Json>>): string {
	const texts = Object.values(values).filter((value) => typeof value === "string" && value.trim() !== "");
	return texts.join("\n");
}
