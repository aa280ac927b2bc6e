import { z } from "zod";
import { artifactRefSchema } from "../artifacts/artifact-ref";
import { jsonSchema } from "../plan/values/json";

const changedFileSchema = z.object({
	path: z.string().meta({ label: "Path" }),
	status: z.enum(["added", "modified", "deleted"]).meta({ label: "What became of it" }),
	/** null for what has no lines. */
	added: z.int().nullable().meta({ label: "Lines added" }),
	removed: z.int().nullable().meta({ label: "Lines removed" }),
});
export type ChangedFile = z.infer<typeof changedFileSchema>;

/** `reported`: by the agent; `computed`: from its tokens; `notional`: at list prices, of a plan that is paid for otherwise. */
export const costKindSchema = z.enum(["reported", "computed", "notional", "unknown"]);
export type CostKind = z.infer<typeof costKindSchema>;

const tokensSchema = z.object({
	input: z.int().meta({ label: "Read anew" }),
	cacheRead: z.int().meta({ label: "Read from a cache" }),
	cacheWrite: z.int().meta({ label: "Written to a cache" }),
	output: z.int().meta({ label: "Written" }),
	reasoning: z.int().meta({ label: "Thought" }),
});

/** How a coding agent ended: what its step hands on, also when it fails. */
export const codingResultSchema = z.object({
	outcome: z
		.object({
			ok: z.boolean().meta({ label: "Whether it succeeded" }),
			rule: z.string().meta({ label: "By which rule" }),
			reason: z.string().meta({ label: "Why" }),
		})
		.meta({ label: "Outcome" }),
	summary: z.string().meta({ label: "What it says at the end" }),
	result: jsonSchema.optional().meta({ label: "Its result as a value, when a schema was given" }),
	tests: z
		.object({
			command: z.string().meta({ label: "Command" }),
			exitCode: z.int().meta({ label: "Exit code" }),
			output: z.string().meta({ label: "End of what it printed" }),
		})
		.optional()
		.meta({ label: "The tests, when there is a command for them" }),
	files: z.array(changedFileSchema).meta({ label: "Files changed", help: "As git sees them. The first 2,000." }),
	fileCount: z.int().meta({ label: "How many files changed" }),
	added: z.int().meta({ label: "Lines added" }),
	removed: z.int().meta({ label: "Lines removed" }),
	diff: artifactRefSchema
		.nullable()
		.meta({ label: "All changes as a file", help: "A patch; null if nothing changed." }),
	patch: z.string().nullable().meta({
		label: "All changes as text",
		help: "Null if they are longer than 100 kB, or are in another encoding than UTF-8.",
	}),
	usage: tokensSchema.meta({ label: "Tokens" }),
	costUsd: z.number().nullable().meta({ label: "Cost ($)", help: "Null if nobody knows." }),
	costKind: costKindSchema.meta({ label: "How the cost is known" }),
	sessionId: z.string().meta({ label: "Session" }),
	turns: z.int().meta({ label: "Turns" }),
	durationMs: z.number().meta({ label: "Milliseconds it worked" }),
	agent: z.string().meta({ label: "Agent" }),
	model: z.string().meta({ label: "Model" }),
	denied: z
		.array(z.object({ name: z.string(), input: z.string() }))
		.meta({ label: "What it was not allowed to do", help: "The first 50." }),
	transcript: artifactRefSchema.nullable().meta({ label: "Transcript", help: "A JSON object a line." }),
	sessionFile: artifactRefSchema.optional().meta({ label: "The program’s own record of the session" }),
	demo: z.boolean().meta({ label: "Made by the demo agent, not by a model" }),
});
export type CodingResult = z.infer<typeof codingResultSchema>;
