import type { Wait } from "../wait";
import type { questionDefinition } from "./definition";

export const questionWait: Wait<typeof questionDefinition> = {
	endsBy: "answer",
	begin: ({ text, seconds }, now) => ({
		for: "approval",
		message: text,
		fields: [],
		approvers: [],
		until: now + seconds * 1000,
	}),
	resume(_, { answer, isOver }) {
		if (answer?.for === "approval") return { output: { answer: answer.decision === "approved" ? "yes" : "no" } };
		return isOver ? { output: { answer: "silence" } } : undefined;
	},
};
