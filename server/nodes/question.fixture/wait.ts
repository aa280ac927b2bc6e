import type { Wait } from "../wait";
import type { questionDefinition } from "./definition";

export const questionWait: Wait<typeof questionDefinition> = {
	endsBy: "decision",
	begin: ({ text, seconds }, now) => ({
		for: "approval",
		message: text,
		fields: [],
		approvers: [],
		until: now + seconds * 1000,
	}),
	resume(_, { decision, isOver }) {
		if (decision !== null) return { output: { answer: decision.decision === "approved" ? "yes" : "no" } };
		return isOver ? { output: { answer: "silence" } } : undefined;
	},
};
