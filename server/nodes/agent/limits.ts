import { FatalError } from "@/server/errors";
import { ask, readAnswer } from "../ask";
import type { StepQuestion } from "../execute-context";
import type { WaitAnswer } from "../wait";
import { type Agent, answerTo } from "./agent";
import { LIMITS, type Limit } from "./entry";

interface Gauge {
	used: number;
	most: number;
	/** By how much it is raised unless whoever is asked says otherwise. */
	step: number;
	show(value: number): string;
}

function gaugesOf({ config, state }: Agent): Record<Limit, Gauge> {
	const { maxTurns, maxMinutes, maxTokens, maxCostUsd } = config;
	const gauge = (limit: Limit, used: number, step: number, show: (value: number) => string): Gauge => {
		return { used, most: step + state.raised[limit], step, show };
	};
	return {
		turns: gauge("turns", state.turns - state.copied, maxTurns, (value) => `${value} turns`),
		minutes: gauge("minutes", state.workedMs / 60_000, maxMinutes, (value) => `${round(value)} minutes`),
		tokens: gauge("tokens", state.tokens, maxTokens, (value) => `${value.toLocaleString("en-US")} tokens`),
		dollars: gauge("dollars", state.costUsd, maxCostUsd, (value) => `$${value.toFixed(2)}`),
	};
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

/**
 * Asks whether the agent may go on, once a limit is reached; undefined while none is. Throws `FatalError` where nobody lets it.
 */
export async function checkLimits(agent: Agent): Promise<StepQuestion | undefined> {
	for (;;) {
		const gauges = gaugesOf(agent);
		const reached = LIMITS.find((limit) => gauges[limit].used >= gauges[limit].most);
		if (reached === undefined) return undefined;
		const answer = await answerTo(agent, nameOf(agent, reached));
		if (answer === null) return questionOf(agent, reached, gauges);
		await raise(agent, { limit: reached, gauge: gauges[reached] }, answer);
	}
}

function nameOf({ state }: Agent, limit: Limit): string {
	return `${state.turns} ${limit} ${state.raised[limit]}`;
}

function questionOf(agent: Agent, limit: Limit, gauges: Record<Limit, Gauge>): StepQuestion {
	const { most, step, show } = gauges[limit];
	const used = LIMITS.map((one) => gauges[one].show(gauges[one].used)).join(", ");
	return ask(agent.config, {
		...{ by: "limit", question: nameOf(agent, limit) },
		message: `The agent has reached its limit of ${show(most)}. It has used ${used}. May it go on?`,
		fields: [{ name: "more", type: "number", label: `How many more ${limit}`, required: true, default: step, min: 0 }],
	});
}

async function raise(agent: Agent, { limit, gauge }: { limit: Limit; gauge: Gauge }, given: WaitAnswer): Promise<void> {
	const answer = readAnswer(given);
	const more = Number(answer?.values.more ?? 0);
	if (!answer?.isApproved || !(more > 0)) {
		const why = answer ? `${answer.by} did not let it go on` : "nobody let it go on in time";
		throw new FatalError(
			`The agent reached its limit of ${gauge.show(gauge.most)}, and ${why}. Raise the limit in the step and run it again from here.`,
		);
	}
	// Beyond what it has used already, or it would stop again at once.
	const by = Math.max(more, gauge.used - gauge.most + more);
	const text = `${answer.by} raised the limit to ${gauge.show(gauge.most + by)}.`;
	await agent.record(
		{ kind: "raised", limit, by },
		{ takesAnswer: true, events: [{ type: "agent.note", data: { turn: agent.state.turns, text } }] },
	);
}
