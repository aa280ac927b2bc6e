import { FatalError } from "../../errors";
import { type CodingAttempt, canBeTaken, hasSucceeded, readAttempts } from "../../runs/coding-attempt";
import { ask, readAnswer } from "../ask";
import type { Execute, ExecuteContext, StepQuestion } from "../execute-context";
import { type Choice, type Chosen, openChoice } from "./choice";
import type { SideBySideConfig, sideBySideDefinition } from "./definition";
import { describeAttempt } from "./describe-attempt";
import { judge } from "./judge";
import { mergeChanges } from "./merge-changes";
import { applyRule } from "./rules";

interface Work {
	config: SideBySideConfig;
	context: ExecuteContext;
	attempts: readonly CodingAttempt[];
	choice: Choice;
}

/** Takes one of several attempts, and merges it. What was decided is recorded before anything is merged. */
export const executeSideBySide: Execute<typeof sideBySideDefinition, StepQuestion> = async (config, context) => {
	const attempts = readAttempts(config.attempts);
	const work: Work = { config, context, attempts, choice: await openChoice(context) };
	await findVerdict(work);
	for (;;) {
		const chosen = await choose(work);
		if ("ask" in chosen) return chosen;
		const problem = await merge(work, chosen);
		if (problem === undefined) return { output: outputOf(attempts, chosen) };
		if (!asksPerson(config)) throw new FatalError(problem);
		await work.choice.record({ kind: "unfit", name: chosen.name ?? "", problem });
	}
};

function asksPerson({ takenBy, confirms }: SideBySideConfig): boolean {
	return takenBy === "person" || confirms;
}

async function findVerdict({ config, context, attempts, choice }: Work): Promise<void> {
	if (config.takenBy === "person" || choice.verdict !== undefined) return;
	const { verdict, usage } =
		config.takenBy === "judge"
			? await judge(config, context, attempts)
			: { verdict: applyRule(config.rule, attempts), usage: [] };
	await choice.record({ kind: "verdict", ...verdict }, { usage });
}

/** The one that is taken: as it was decided, as a rule or a judge says, or as somebody is asked. */
async function choose(work: Work): Promise<Chosen | StepQuestion> {
	const { config, attempts, choice } = work;
	if (choice.chosen !== undefined) return choice.chosen;
	if (!attempts.some(canBeTaken)) return { name: null, by: "rule", reason: "None of them has changed a file." };
	if (!asksPerson(config)) return await record(work, ofVerdict(work));
	if (choice.answer === null) return question(work);
	const answer = readAnswer(choice.answer);
	if (answer === undefined) return await record(work, unanswered(work));
	const name = answer.isApproved && typeof answer.values.attempt === "string" ? answer.values.attempt : null;
	const reason = name === null ? "None of them was wanted." : "Chosen by hand.";
	return await record(work, { name, by: answer.by, reason });
}

async function record({ choice }: Work, chosen: Chosen): Promise<Chosen> {
	await choice.record({ kind: "chosen", ...chosen }, { takesAnswer: choice.answer !== null });
	return chosen;
}

function ofVerdict({ config, choice: { verdict } }: Work): Chosen {
	return { name: verdict?.name ?? null, by: config.takenBy, reason: verdict?.reason ?? "" };
}

/** Nobody has chosen in time: what was suggested counts, unless just that did not fit. */
function unanswered(work: Work): Chosen {
	const { verdict, unfitNames } = work.choice;
	if (verdict && !unfitNames.has(verdict.name ?? "")) return ofVerdict(work);
	throw new FatalError("Nobody took one in time. Raise “Wait at most”, or let a rule or a judge take one.");
}

function question({ config, attempts, choice }: Work): StepQuestion {
	const { verdict, unfit, unfitNames } = choice;
	const choices = attempts.filter(canBeTaken);
	const names = choices.map(({ name }) => name);
	const who = config.takenBy === "judge" ? "The judge" : "The rule";
	const suggested = verdict?.name && !unfitNames.has(verdict.name) ? verdict.name : undefined;
	const lines = [
		unfit?.problem,
		suggested && verdict && `${who} prefers “${suggested}”. ${verdict.reason}`,
		verdict?.name === null && `${who} prefers none. ${verdict.reason}`,
		"Which one is taken?",
	];
	return ask(config, {
		by: "choice",
		question: choice.question,
		message: lines.filter(Boolean).join("\n"),
		fields: [
			{
				...{ name: "attempt", label: "Attempt", type: "select", required: true, options: names },
				notes: Object.fromEntries(choices.map((attempt) => [attempt.name, describeAttempt(attempt)])),
				...(suggested && { default: suggested }),
			},
		],
	});
}

async function merge({ config, context, attempts }: Work, { name }: Chosen): Promise<string | undefined> {
	if (name === null) return undefined;
	const result = attempts.find((attempt) => attempt.name === name)?.result;
	if (result === undefined) throw new FatalError(`There is no attempt “${name}” to take.`);
	const problem = await mergeChanges(context, { name, result, directory: config.directory });
	context.log("info", problem === undefined ? `Merged the changes of “${name}”.\n` : `${problem}\n`);
	return problem;
}

function outputOf(attempts: readonly CodingAttempt[], { name, by, reason }: Chosen) {
	const taken = attempts.find((attempt) => attempt.name === name)?.result;
	return {
		...{ taken: name, by, reason, summary: taken?.summary ?? null },
		files: taken?.files.map(({ path }) => path) ?? [],
		attempts: attempts.map((attempt) => {
			const { result, problem } = attempt;
			return {
				...{ name: attempt.name, agent: result?.agent ?? null, model: result?.model ?? null },
				...{ ok: hasSucceeded(attempt), reason: problem ?? result?.outcome.reason ?? "" },
				...{ files: result?.fileCount ?? 0, added: result?.added ?? 0, removed: result?.removed ?? 0 },
				tests: result?.tests === undefined ? null : result.tests.exitCode === 0 ? "passed" : "failed",
				...{ costUsd: result?.costUsd ?? null, durationMs: result?.durationMs ?? null },
			} as const;
		}),
	};
}
