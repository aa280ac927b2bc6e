import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { usageSchema } from "../../runs/events";
import { type JsonObject, jsonObjectSchema } from "../values/json";
import { shorten } from "../values/text-problem";
import { PROMPT_LIMITS } from "./prompt-limits";
import { readSchema } from "./prompt-variables";

const expected = z.string().min(1, "Enter the text that is expected.").max(PROMPT_LIMITS.expected);

/** What the answer to a test case has to be like; checked without a model. */
export const expectationSchema = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("contains"), text: expected }),
	z.strictObject({ kind: z.literal("equals"), text: expected }),
	z.strictObject({
		kind: z.literal("schema"),
		schema: jsonObjectSchema
			.refine((schema) => JSON.stringify(schema).length <= PROMPT_LIMITS.schema, "This is more than 8,000 characters.")
			.refine(
				(schema) => readSchema(schema) !== undefined,
				"This JSON schema cannot be read (pattern is not known here).",
			),
	}),
	/** Any answer that is whole. */
	z.strictObject({ kind: z.literal("any") }),
]);
export type Expectation = z.infer<typeof expectationSchema>;

/** How a case came out. */
export const caseResultSchema = z.object({
	passed: z.boolean(),
	/** Why it failed, in a sentence; empty when it passed. */
	reason: z.string(),
	/** What the model answered, shortened. */
	answer: z.string(),
	usage: usageSchema.nullable(),
	ms: z.number(),
	/** `caseKey` of the text that was tried, and of the case as it was then. */
	of: z.string(),
	/** ISO 8601. */
	at: z.string(),
});
export type CaseResult = z.infer<typeof caseResultSchema>;

/** A test case as it is asked. */
export interface PromptCase {
	variables: JsonObject;
	expectation: Expectation;
}

/** The name of a text of any length. The same in the browser and on the server. */
export function hashText(text: string): string {
	return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32);
}

/** Tells results of one text and one case from those of others. @param hash of the text */
export function caseKey(hash: string, { variables, expectation }: PromptCase): string {
	return hashText(JSON.stringify([hash, variables, expectation]));
}

export interface CaseAnswer {
	text: string;
	/** The answer as a value, where a schema was given. */
	json?: unknown;
	isWhole: boolean;
}

/** Why an answer is not what was expected; empty when it is. */
export function judgeAnswer(expectation: Expectation, { text, json, isWhole }: CaseAnswer): string {
	if (!isWhole) return "The answer was cut off, or refused.";
	switch (expectation.kind) {
		case "any":
			return text.trim() === "" ? "The answer is empty." : "";
		case "contains":
			return text.toLowerCase().includes(expectation.text.trim().toLowerCase())
				? ""
				: `“${shorten(expectation.text)}” is not in the answer.`;
		case "equals":
			return text.trim() === expectation.text.trim() ? "" : "The answer is another text.";
		case "schema":
			return judgeValue(expectation.schema, json);
	}
}

function judgeValue(schema: JsonObject, json: unknown): string {
	if (json === undefined) return "The answer is no JSON.";
	const problem = readSchema(asObjectSchema(schema))?.safeParse(json).error?.issues[0];
	if (!problem) return "";
	const place = problem.path.map(String).join(".");
	return `${place === "" ? "The answer" : place} does not fit the schema: ${problem.message}.`;
}

/** Properties without a type would be checked of nothing. */
function asObjectSchema(schema: JsonObject): JsonObject {
	return schema.type === undefined && schema.properties !== undefined ? { ...schema, type: "object" } : schema;
}

/** What a case expects, in a few words. */
export function describeExpectation(expectation: Expectation): string {
	switch (expectation.kind) {
		case "any":
			return "any answer";
		case "contains":
			return `contains “${shorten(expectation.text, 40)}”`;
		case "equals":
			return `is “${shorten(expectation.text, 40)}”`;
		case "schema":
			return "fits a JSON schema";
	}
}
