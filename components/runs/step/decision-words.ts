import type { Wait } from "./step-decision";

interface DecisionWords {
	approve: string;
	decline: string;
	/** What is asked before declining; undefined where nothing is lost by it. */
	confirm?: { title: string; text: string };
	/** Nothing is refused by it. */
	declinesFreely?: true;
	/** What is said once it was sent. */
	approved: string;
	declined: string;
}

const APPROVAL: DecisionWords = {
	approve: "Approve",
	decline: "Decline",
	confirm: { title: "Decline?", text: "The run takes the declined branch. It cannot be taken back." },
	approved: "Approved. The run goes on.",
	declined: "Declined. The run goes on.",
};

/** What a step asks while it works. */
const ASKED: Record<NonNullable<Wait["by"]>, DecisionWords> = {
	question: {
		approve: "Send answer",
		decline: "Let it decide",
		declinesFreely: true,
		approved: "Answered. The run goes on.",
		declined: "It decides by itself. The run goes on.",
	},
	permission: {
		approve: "Allow",
		decline: "Refuse",
		approved: "Allowed. The run goes on.",
		declined: "Refused. The run goes on.",
	},
	choice: {
		approve: "Take it",
		decline: "Take none",
		confirm: { title: "Take none of them?", text: "The run goes on without any of the changes." },
		approved: "Taken. The run goes on.",
		declined: "None is taken. The run goes on.",
	},
	limit: {
		approve: "Raise and continue",
		decline: "Stop it",
		confirm: { title: "Stop it?", text: "The step fails where it is. What it has found stays in its record." },
		approved: "Raised. The run goes on.",
		declined: "Stopped. The step fails.",
	},
};

/** The words of the two answers. */
export function decisionWords({ by }: Wait): DecisionWords {
	return by === undefined ? APPROVAL : ASKED[by];
}
