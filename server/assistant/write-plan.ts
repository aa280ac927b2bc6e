import { FatalError, RetryableError } from "@/server/errors";
import { type LlmMessage, userMessage } from "@/server/llm/messages";
import { applyChange, ChangeRefused } from "@/server/plan/changes/apply-change";
import { type Issue, isError } from "@/server/plan/issue";
import { parsePlan } from "@/server/plan/parse-plan";
import type { Plan } from "@/server/plan/plan";
import { type AskedModel, askModel } from "./ask-model";
import type { Asking } from "./news";
import { planRules, writeRequest } from "./plan-prompt";
import type { AnswerPart } from "./read-answer";

export interface PlanTask {
	text: string;
	plan: Plan;
	credentials: readonly string[];
	/** Everything that is wrong with a plan, as where a file is imported. */
	check(plan: Plan): Promise<Issue[]>;
}

const MAX_REPAIRS = 3;
const MAX_TOKENS = 16_000;
/** Problems that a model is told at once. */
const MAX_TOLD = 20;

/** The changes that a model makes of a description, told as they come, checked, and repaired by the model itself. */
export async function writePlan(asked: AskedModel, task: PlanTask, asking: Asking): Promise<void> {
	const known = new Set((await task.check(task.plan)).map(keyOf));
	const messages: LlmMessage[] = [userMessage(writeRequest(task))];
	const draft = createDraft(task.plan, asking);
	for (let attempt = 1; ; attempt++) {
		const question = { system: planRules(), messages, maxTokens: MAX_TOKENS };
		const drawn = draft.count();
		const answer = await askModel(asked, question, { ...asking, take: draft.take }).catch((error: unknown) => {
			if (drawn === 0 || !isOfModel(error)) throw error;
			return error;
		});
		const issues = await checkWhole(task, draft.plan());
		const left = issues.filter((issue) => isError(issue) && !known.has(keyOf(issue))).map(describeIssue);
		const finish = (problems: string[]) => asking.tell({ type: "done", left: problems.slice(0, MAX_TOLD) });
		// What was drawn before a repair that failed has been paid for, and may be kept.
		if (answer instanceof Error) return finish([answer.message, ...left]);
		const problems = [
			...draft.problems(),
			...(answer.stopReason === "max_tokens"
				? ["The answer was too long and was cut off: go on where it stopped."]
				: []),
			...issues.filter((issue) => isForModel(issue) && !known.has(keyOf(issue))).map(describeIssue),
		];
		if (draft.count() === 0 && attempt > 1) return asking.tell({ type: "failed", message: NO_PLAN });
		if (draft.count() === 0) problems.push("There was no edit in the answer. Write lines of JSON.");
		if (problems.length === 0 || attempt > MAX_REPAIRS) return finish(left);
		asking.tell({ type: "repair", attempt, problems: problems.slice(0, MAX_TOLD) });
		messages.push(answer.message, userMessage(askForRepair(problems)));
	}
}

const NO_PLAN = "The model wrote no steps. Say in other words what should happen, or choose another model.";

function createDraft(before: Plan, { tell }: Asking) {
	let plan = before;
	let count = 0;
	let problems: string[] = [];
	const take = (part: AnswerPart) => {
		if (part.type === "text") return tell({ type: "text", text: part.text });
		if (part.type === "problem") return void problems.push(part.message);
		try {
			plan = applyChange(plan, part.change);
			count += 1;
			tell({ type: "change", change: part.change });
		} catch (error) {
			if (!(error instanceof ChangeRefused)) throw error;
			problems.push(error.message);
		}
	};
	return {
		take,
		plan: () => plan,
		count: () => count,
		/** Those since they were last asked for. */
		problems: () => {
			const told = problems;
			problems = [];
			return told;
		},
	};
}

async function checkWhole({ check }: PlanTask, plan: Plan): Promise<Issue[]> {
	const parsed = parsePlan(plan);
	return parsed.plan ? await check(parsed.plan) : parsed.issues;
}

function isOfModel(error: unknown): error is FatalError | RetryableError {
	return error instanceof FatalError || error instanceof RetryableError;
}

/** Credentials are for people to add. */
function isForModel(issue: Issue): boolean {
	return isError(issue) && issue.credential === undefined;
}

function describeIssue({ nodeId, field, message }: Issue): string {
	const place = [nodeId && `step ${nodeId}`, field].filter((part) => part !== undefined).join(", ");
	return place === "" ? message : `${place}: ${message}`;
}

function askForRepair(problems: readonly string[]): string {
	const told = problems.slice(0, MAX_TOLD).map((problem) => `- ${problem}`);
	return `The check found problems. Repair them by further lines of edits alone; leave what is right as it is.\n${told.join("\n")}`;
}

function keyOf({ code, nodeId = "", field = "" }: Issue): string {
	return [code, nodeId, field].join("\n");
}
