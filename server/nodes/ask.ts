import type { FormField } from "@/server/plan/form-field";
import type { JsonObject } from "@/server/plan/values/json";
import type { StepQuestion } from "./execute-context";
import type { ApprovalRequest, WaitAnswer } from "./wait";

interface Question {
	by: NonNullable<ApprovalRequest["by"]>;
	message: string;
	fields: FormField[];
	/** Names it: the same for as long as the agent asks the same. */
	question: string;
}

/** Who is asked, and how long that is waited for. */
interface Asked {
	approvers: string[];
	waitSeconds?: number | undefined;
}

export function ask({ approvers, waitSeconds }: Asked, question: Question): StepQuestion {
	const until = waitSeconds === undefined ? {} : { until: Date.now() + waitSeconds * 1_000 };
	return { ask: { for: "approval", ...question, approvers, ...until } };
}

/** Characters of a call that whoever is asked reads: a longer one is not made. */
export const SHOWN = 16_000;
export const CALL_TOO_LONG =
	"This call is too long to be shown to whoever decides about it. Do it in smaller parts, or write a file first.";

export function shorten(text: string, most: number): string {
	const left = text.length - most;
	return left > 0 ? `${text.slice(0, most)}… and ${left.toLocaleString("en-US")} more characters` : text;
}

/** Whether an answer is one to this question, or nobody has answered any. */
export function isAnswerTo(answer: WaitAnswer, question: string): boolean {
	return answer.for !== "approval" || answer.question === question;
}

/** What was answered; undefined where nobody has in time. */
export function readAnswer(answer: WaitAnswer): { isApproved: boolean; values: JsonObject; by: string } | undefined {
	if (answer.for !== "approval") return undefined;
	const { decision, values, actor } = answer;
	return { isApproved: decision === "approved", values, by: "name" in actor ? actor.name : "Somebody" };
}
