import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

/**
 * A comment is recorded in the statement that records the step's end: one stands for each time that the step has completed,
 * in each turn of a container, however often it was tried, cut off or delivered. Where its output is pinned it says nothing.
 */
export const commentDefinition = defineNode({
	type: "comment",
	title: "Comment",
	description: "Writes a remark into the run, where everybody who opens it sees it.",
	icon: "message-square-text",
	keywords: ["note", "remark", "message", "annotate", "log", "print"],
	category: "people",
	kind: "step",
	hasEffect: false,
	canFail: () => false,
	ports: () => ["out"],
	config: z.strictObject({
		text: z.string().trim().min(1, "Enter the comment").max(20_000).meta({
			label: "Comment",
			placeholder: "Deployed {{ inputs.version }} to staging.",
			widget: "textarea",
		}),
	}),
	output: z.object({ text: z.string().meta({ label: "Comment" }) }),
	takes: ["string"],
	summary: ({ text }) => summarizeText(text, "nothing to say yet"),
});
