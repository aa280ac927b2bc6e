import { z } from "zod";
import { jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

const configSchema = z.strictObject({
	input: z.record(z.string(), jsonSchema).default({}).meta({
		label: "Input",
		help: "Values from earlier steps; the code reads them as input.name.",
		widget: "key-value",
		credential: "entries",
	}),
	code: z.string().min(1, "Enter code that returns a value").max(200_000).meta({
		label: "Code",
		help: "JavaScript or TypeScript. What it returns is the output; integers of more than 15 digits as BigInt, which become text. It has no network and no files.",
		placeholder: "return input.rows.filter((row) => row.active);",
		widget: "code",
		language: "javascript",
		references: "none",
	}),
	timeoutSeconds: z
		.number()
		.min(0.1)
		.max(60)
		.default(5)
		.meta({ label: "Time limit", help: "Seconds.", widget: "duration", advanced: true }),
	memoryMb: z.int().min(4).max(256).default(64).meta({ label: "Memory", help: "Megabytes.", advanced: true }),
});

export const transformDefinition = defineNode({
	type: "transform",
	title: "Transform",
	description: "Transforms values of earlier steps with JavaScript.",
	icon: "braces",
	keywords: [
		"code",
		"js",
		"javascript",
		"typescript",
		"map",
		"filter",
		"function",
		"json",
		"convert",
		"parse",
		"merge",
		"split",
		"sort",
	],
	category: "data",
	kind: "step",
	hasEffect: false,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	/** Whatever the code returns. */
	output: jsonSchema,
	takes: ["object", "any", "array"],
	warnings: ({ code }) =>
		typeof code === "string" && code.trim() !== "" && !/\b(return|throw)\b/.test(code)
			? [{ field: "code", message: "The code returns nothing, so its output is null. Write return before the value." }]
			: [],
	summary: ({ code }) => summarizeText(code, "no code yet"),
});
