import { BudgetSpentError, FatalError, RetryableError } from "@/server/errors";
import type { Execute, StepCall, StepPause, StepQuestion } from "../execute-context";
import { type Agent, openAgent } from "./agent";
import { checkBudget } from "./check-budget";
import type { agentDefinition } from "./definition";
import type { TurnEntry } from "./entry";
import { checkLimits } from "./limits";
import { openServers } from "./mcp/open-servers";
import { settleCalls } from "./settle-calls";
import { takeTurn } from "./take-turn";
import { allTools } from "./tools/all-tools";

/** The same call so many times in a row leads nowhere. */
const STUCK_AFTER = 4;
/** Answers in a row of no use. */
const MAX_SAID = 3;

/** Works turn by turn. Each is recorded as it ends, so that an attempt that follows goes on from there. */
export const executeAgent: Execute<typeof agentDefinition, StepQuestion | StepCall | StepPause> = async (
	config,
	context,
) => {
	const provider = context.llm(config.provider, { apiKey: config.apiKey?.trim() });
	const servers = await openServers({ config, context });
	try {
		const own = config.tools.map((name) => [name as string, allTools[name]] as const);
		const agent = await openAgent(context, { config, provider, tools: new Map([...own, ...servers.tools]) });
		await requireReady(agent, servers.problems);
		return await work(agent);
	} finally {
		await servers.close();
	}
};

async function work(agent: Agent): ReturnType<typeof executeAgent> {
	const { context } = agent;
	for (;;) {
		context.signal.throwIfAborted();
		const question = agent.state.pending.length > 0 ? await settleCalls(agent) : undefined;
		if (question) return question;
		const last = agent.state.lastTurn;
		if (last !== undefined && last.message.toolCalls.length === 0 && (await isDone(agent, last)))
			return { output: outputOf(agent, last) };
		if (context.transcript.isPaused()) return { paused: true };
		refuseStuck(agent);
		const limit = (await checkLimits(agent)) ?? (await checkBudget(agent));
		if (limit) return limit;
		await takeTurn(agent).catch((error: unknown) => {
			// Spent while the call waited for its place: the next round asks whoever may raise it.
			if (!(error instanceof BudgetSpentError)) throw error;
		});
	}
}

/** Says what is missing before the first token is paid for. */
async function requireReady({ tools, config, context, state }: Agent, unreached: readonly string[]): Promise<void> {
	if (state.turns > state.copied) {
		if (unreached.length > 0) throw new RetryableError(unreached.join(" "));
		return;
	}
	const lacking = await Promise.all([...tools.values()].map((tool) => tool.lacks({ config, context })));
	const problems = new Set([...unreached, ...lacking.filter((problem) => problem !== undefined)]);
	if (problems.size > 0) throw new FatalError([...problems].join(" "));
}

/** Whether an answer without calls is the result; else the model is told what is missing. */
async function isDone({ config, state, record }: Agent, { stopReason, json }: TurnEntry): Promise<boolean> {
	if (stopReason === "refusal") throw new FatalError("The model declined to go on. Word the task differently.");
	const isCut = stopReason === "max_tokens" || stopReason === "context_full";
	if (!isCut && (config.jsonSchema === undefined || json !== undefined)) return true;
	if (state.said >= MAX_SAID)
		throw new FatalError(
			`The agent gave no whole result in ${MAX_SAID + 1} answers. Ask for less in the task, simplify “Result as”, or raise “Tokens of one turn at most”.`,
		);
	await record({
		kind: "said",
		text: isCut
			? "Your answer was cut off: it was too long. Go on where it stopped, or be shorter."
			: "Your answer has to be JSON of the schema alone. Answer again.",
	});
	return false;
}

function refuseStuck({ state }: Agent): void {
	const call = state.lastTurn?.message.toolCalls.at(-1);
	if (call === undefined || state.repeats < STUCK_AFTER) return;
	throw new FatalError(
		`The agent is stuck: it called ${call.name} with the same input ${state.repeats} times in a row. Give it more to go on, or another tool.`,
	);
}

function outputOf({ config, state, instructions }: Agent, { message, json, usage }: TurnEntry) {
	return {
		text: message.text,
		...(config.jsonSchema !== undefined && { json }),
		...(instructions?.prompt && { prompt: instructions.prompt }),
		...{ turns: state.turns, calls: state.calls, tokens: state.tokens, costUsd: state.costUsd },
		model: usage.model,
		demo: usage.provider === "demo",
	};
}
