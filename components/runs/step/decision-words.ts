import type { Wait } from "./step-decision";

interface DecisionWords {
	approve: string;
	decline: string;
	/** What is asked before declining; undefined where nothing is lost by it. */
	confirm?: { title: string; text: string };
	approved: string;
	declined: string;
}

const APPROVAL: DecisionWords = {
	approve: "Approve",
	decline: "Decline",
	confirm: { title: "Decline?", text: "The run takes the declined branch. It cannot be taken back." },
	approved: "Approved.",
	declined: "Declined.",
};

/** What a step asks while it works. */
const ASKED: Record<NonNullable<Wait["by"]>, DecisionWords> = {
	question: {
		approve: "Send answer",
		decline: "Let it decide",
		approved: "Answered.",
		declined: "It decides by itself.",
	},
	permission: { approve: "Allow", decline: "Refuse", approved: "Allowed.", declined: "Refused." },
	limit: {
		approve: "Raise and continue",
		decline: "Stop it",
		confirm: { title: "Stop it?", text: "The step fails where it is. What it has found stays in its record." },
		approved: "Raised.",
		declined: "Stopped.",
	},
};

/** The words of the two answers. */
export function decisionWords({ by }: Wait): DecisionWords {
	return by === undefined ? APPROVAL : ASKED[by];
}
