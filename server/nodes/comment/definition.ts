import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

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
