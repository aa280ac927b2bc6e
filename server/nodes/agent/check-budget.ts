import { FatalError } from "@/server/errors";
import { ask, readAnswer } from "../ask";
import type { StepQuestion } from "../execute-context";
import { type Agent, answerTo } from "./agent";

/**
 * Asks whether the agent may go on, once a budget of its workflow or its team is spent: whoever says yes has had it raised.
 * Throws `FatalError` where nobody lets it, and where the limit of its run is reached.
 */
export async function checkBudget(agent: Agent): Promise<StepQuestion | undefined> {
	const { context, provider, state, config } = agent;
	if (provider.name === "demo") return undefined;
	for (;;) {
		const { spent } = await context.budget();
		if (spent === null) return undefined;
		if (spent.of === "run") throw new FatalError(spent.message);
		const question = `${state.turns} budget ${state.continued}`;
		const given = await answerTo(agent, question);
		if (given === null) {
			const message = `${spent.message} The agent waits and goes on from here: approve once the budget is raised.`;
			return ask(config, { by: "limit", question, message, fields: [] });
		}
		const answer = readAnswer(given);
		if (!answer?.isApproved) throw new FatalError(spent.message);
		const text = `${answer.by} let it go on after its budget was spent.`;
		const note = { type: "agent.note" as const, data: { turn: state.turns, text } };
		await agent.record({ kind: "continued" }, { takesAnswer: true, events: [note] });
	}
}
