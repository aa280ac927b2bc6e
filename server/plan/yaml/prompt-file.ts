import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { PROMPT_LIMITS } from "../prompts/prompt-limits";
import { type PromptPart, parsePromptTemplate } from "../prompts/prompt-template";
import { checkTemplate, inferVariables, promptVariablesSchema } from "../prompts/prompt-variables";
import { slugSchema } from "../slug-schema";
import { isObject, type JsonObject, jsonObjectSchema } from "../values/json";
import type { TextProblem } from "../values/text-problem";
import { YAML_OPTIONS } from "./plan-yaml";
import { findRepeatedKeys } from "./repeated-keys";
import { scanYaml } from "./scan-yaml";
import { explainSyntax } from "./yaml-problem";

/** A prompt of the library: Markdown with YAML front matter, its braces read as a template. */
export interface PromptFile {
	name: string;
	description: string;
	/** The JSON schema of its variables: as it is declared, or what the text reads. */
	variables: JsonObject;
	parts: readonly PromptPart[];
}

export type ParsedPrompt =
	| { prompt: PromptFile; problems?: undefined }
	| { prompt?: undefined; problems: [TextProblem, ...TextProblem[]] };

const headSchema = z.object({
	name: slugSchema,
	description: z.string().trim().max(PROMPT_LIMITS.description).default(""),
	variables: promptVariablesSchema.optional(),
});

/** Reads a prompt’s file. Never throws; each problem has its place in the text. */
export function parsePromptFile(text: string): ParsedPrompt {
	if (text.length > PROMPT_LIMITS.text)
		return refuse({ line: 1, column: 1, message: "A prompt holds at most 200,000 characters. Shorten it." });
	const split = splitPromptFile(text);
	if (!split)
		return refuse({
			line: 1,
			column: 1,
			message: "Begin with front matter: a line ---, then name: my-prompt, then ---.",
		});
	const { head, body, bodyLine } = split;
	const read = readHead(head);
	if (!read.head) return read;
	const { parts, problem } = parsePromptTemplate(body);
	if (problem) return refuse(moveDown(problem, bodyLine - 1));
	const variables = read.variables ?? inferVariables(parts);
	const [first, ...others] = checkTemplate(parts, variables).map((each) => moveDown(each, bodyLine - 1));
	if (first) return refuse(first, ...others);
	return { prompt: { name: read.head.name, description: read.head.description, variables, parts } };
}

function refuse(...problems: [TextProblem, ...TextProblem[]]): { problems: [TextProblem, ...TextProblem[]] } {
	return { problems };
}

function moveDown(problem: TextProblem, lines: number): TextProblem {
	return { ...problem, line: problem.line + lines };
}

/** The front matter, what comes behind it, and the line on which that begins; undefined where there is none. */
export function splitPromptFile(text: string): { head: string; body: string; bodyLine: number } | undefined {
	const [, head = "", body] = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?\r?\n|)---[ \t]*(?:\r?\n([\s\S]*))?$/.exec(text) ?? [];
	if (body === undefined && !/---[ \t]*$/.test(text)) return undefined;
	if (!text.replace(/^\uFEFF/, "").startsWith("---")) return undefined;
	return { head, body: body ?? "", bodyLine: head.split("\n").length + 2 };
}

type ReadHead =
	| { head: z.infer<typeof headSchema>; variables: JsonObject | undefined; problems?: undefined }
	| { head?: undefined; problems: [TextProblem, ...TextProblem[]] };

function readHead(head: string): ReadHead {
	const refused = scanYaml(head);
	if (refused) return refuse(moveDown(refused, 1));
	const lines = new LineCounter();
	const document = parseDocument(head, { ...YAML_OPTIONS, lineCounter: lines });
	const place = (offset: number) => {
		const { line, col } = lines.linePos(offset);
		return { line: line + 1, column: col };
	};
	const mistakes = [...document.errors, ...document.warnings].map(({ code, pos }) => ({ code, offset: pos[0] }));
	const [mistake] = [...mistakes, ...findRepeatedKeys(document)];
	if (mistake) return refuse({ ...place(mistake.offset), message: explainSyntax(mistake.code).message });
	const values: unknown = document.toJS({ maxAliasCount: 0 });
	const parsed = headSchema.safeParse(isObject(values) ? values : {});
	if (parsed.success)
		return { head: parsed.data, variables: parsed.data.variables && asVariables(parsed.data.variables) };
	const [problem] = parsed.error.issues;
	const key = String(problem?.path[0] ?? "name");
	return refuse({ ...place(offsetOf(document.contents, key)), message: explainHead(key, problem) });
}

function asVariables(variables: z.infer<typeof promptVariablesSchema>): JsonObject {
	return jsonObjectSchema.parse({ ...variables, type: "object" });
}

function offsetOf(contents: unknown, key: string): number {
	if (!isMap(contents)) return 0;
	const pair = contents.items.find((item) => isScalar(item.key) && item.key.value === key);
	return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
}

function explainHead(key: string, problem: z.core.$ZodIssue | undefined): string {
	if (key === "name")
		return problem?.code === "invalid_type"
			? "Add the prompt’s name, as in name: release-notes."
			: `name: ${problem?.message ?? "Use lower-case letters, digits and single hyphens."}`;
	if (key === "description") return `description is a text of at most ${PROMPT_LIMITS.description} characters.`;
	if (problem?.code === "custom") return `variables: ${problem.message}.`;
	return "variables is a JSON schema with properties, as in variables: { properties: { topic: { type: string } }, required: [topic] }.";
}

/** The same file under another name. */
export function renamePromptFile(text: string, name: string): string {
	const split = splitPromptFile(text);
	if (!split) return `---\nname: ${name}\n---\n${text}`;
	const named = /^name[ \t]*:.*$/m;
	const head = named.test(split.head) ? split.head.replace(named, `name: ${name}`) : `name: ${name}\n${split.head}`;
	return `---\n${head}---\n${split.body}`;
}

/** What the front matter calls the prompt, right or wrong; undefined where it says nothing. */
export function nameOfPromptFile(text: string): string | undefined {
	return /^name[ \t]*:(.*)$/m.exec(splitPromptFile(text)?.head ?? "")?.[1]?.trim();
}
