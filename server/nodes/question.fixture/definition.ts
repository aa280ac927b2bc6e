import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { isObject } from "../../plan/values/json";

/** A type of wait that Weft does not have: it goes on without an answer when its time is over. */
export const questionDefinition = defineNode({
	type: "question",
	title: "Question",
	description: "Asks a question and waits a while for the answer.",
	icon: "user-round-check",
	keywords: ["quiz"],
	category: "people",
	kind: "wait",
	hasEffect: true,
	canFail: () => false,
	ports: () => ["yes", "no", "silence"],
	portOf: (output) => (isObject(output) && typeof output.answer === "string" ? output.answer : undefined),
	config: z.strictObject({
		text: z.string().meta({ label: "Question" }),
		seconds: z.number().meta({ label: "Wait at most", widget: "duration" }),
	}),
	output: z.object({ answer: z.enum(["yes", "no", "silence"]) }),
	summary: ({ text }) => String(text),
});
