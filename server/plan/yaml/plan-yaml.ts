import { Document, type ErrorCode, isSeq, LineCounter, parseDocument, visit } from "yaml";
import { z } from "zod";
import type { Issue } from "../issue";
import { parsePlan } from "../parse-plan";
import { PLAN_LIMITS, type Plan } from "../plan";
import { slugSchema } from "../slug-schema";
import { isStageFile } from "../stages/stage-outline";
import type { LibraryPrompt } from "../stages/stage-prompts";
import { explainProblem } from "../validate/explain-problem";
import { isObject } from "../values/json";
import { isRoundedInteger } from "../values/read-json";
import { WORKFLOW_LIMITS } from "../workflow-limits";
import { locateIssue, type YamlSource } from "./locate-yaml";
import { type ImportNote, readStages } from "./read-stages";
import { fromReadable, toReadable } from "./readable-plan";
import { findRepeatedKeys } from "./repeated-keys";
import { scanYaml } from "./scan-yaml";
import { explainBraces, explainSyntax, type YamlProblem } from "./yaml-problem";

const headerSchema = z.object({
	slug: slugSchema.optional(),
	name: z.string().trim().min(1).max(WORKFLOW_LIMITS.name),
	description: z.string().max(WORKFLOW_LIMITS.description).default(""),
});

/** A `{slug}.workflow.yml`: a workflow's names and its plan. */
export interface WorkflowFile extends z.infer<typeof headerSchema> {
	plan: Plan;
}

export type ParsedWorkflow =
	| {
			file: WorkflowFile;
			/** Where in the text an issue of `validatePlan` stands. */
			locate(issue: Issue): { line: number; column: number };
			/** What a file of stages says that has no counterpart in a plan; undefined for a file of a plan. */
			notes?: ImportNote[] | undefined;
			problems?: undefined;
	  }
	| { file?: undefined; locate?: undefined; notes?: undefined; problems: [YamlProblem, ...YamlProblem[]] };

/**
 * Reads a workflow's file: of a plan, or of stages, which becomes one. Never throws; each problem has its line and column.
 * Nothing in it is executed.
 * @param library the prompts that a file of stages may name by their files
 */
export function parseWorkflowYaml(text: string, library?: readonly LibraryPrompt[]): ParsedWorkflow {
	if (text.length > PLAN_LIMITS.bytes)
		return {
			problems: [
				{ line: 1, column: 1, message: `The file is too large: ${PLAN_LIMITS.bytes / 1_000_000} MB at most.` },
			],
		};
	const refused = scanYaml(text);
	if (refused) return { problems: [refused] };
	const lines = new LineCounter();
	const document = parseDocument(text, { ...YAML_OPTIONS, intAsBigInt: true, lineCounter: lines });
	const mistakes = [...document.errors, ...document.warnings].map(({ code, pos }) => ({ code, offset: pos[0] }));
	const [first, ...others] = explainMistakes(text, [...mistakes, ...findRepeatedKeys(document)], lines);
	return first ? { problems: [first, ...others] } : readFile({ document, lines }, library);
}

interface Mistake {
	code: ErrorCode;
	offset: number;
}

/** Whatever else is wrong in a line with a reference that lacks its quotes comes from there. */
function explainMistakes(text: string, mistakes: readonly Mistake[], lines: LineCounter): YamlProblem[] {
	const placed = mistakes.map(({ code, offset }) => {
		const { line, col } = lines.linePos(offset);
		const braces = explainBraces(text, offset);
		return { isOfBraces: braces !== undefined, problem: { line, column: col, ...(braces ?? explainSyntax(code)) } };
	});
	const ofBraces = placed.filter(({ isOfBraces }) => isOfBraces);
	const blamed = new Set(ofBraces.map(({ problem }) => problem.line));
	return placed
		.filter(({ isOfBraces, problem }) => isOfBraces || !blamed.has(problem.line))
		.map(({ problem }) => problem);
}

/** Writes a workflow's file: fit for people, the same plan when read again. */
export function stringifyWorkflow({
	slug,
	name,
	description,
	plan,
}: Omit<WorkflowFile, "slug"> & { slug?: string | undefined }): string {
	const { version, ...rest } = toReadable(plan);
	const header = { version, slug, name, description: description === "" ? undefined : description };
	const document = new Document(
		{ ...header, ...rest },
		{ ...YAML_OPTIONS, aliasDuplicateObjects: false, keepUndefined: false },
	);
	visit(document, {
		Scalar(_, scalar) {
			if (typeof scalar.value === "string" && !isPlainBlock(scalar.value)) scalar.type = "QUOTE_DOUBLE";
			// Digits that JavaScript cannot hold are read as text; this number is to be one again.
			if (typeof scalar.value === "number" && isRoundedInteger(scalar.value)) scalar.format = "EXP";
		},
		Pair(_, { key, value }) {
			if (String(key) === "position" && isSeq(value)) value.flow = true;
		},
	});
	return document.toString({ lineWidth: 0, blockQuote: "literal", flowCollectionPadding: false });
}

/** Block text that begins with white space, or has a line of nothing else, does not come back the same. */
function isPlainBlock(text: string): boolean {
	return !text.includes("\n") || (/^\S/.test(text) && !/[\r\u0085\u2028\u2029]|\n[ \t]+(?:\n|$)/.test(text));
}

export const YAML_OPTIONS = {
	version: "1.2",
	schema: "core",
	strict: true,
	// The parser compares each key with all before it; `findRepeatedKeys` does not.
	uniqueKeys: false,
	stringKeys: true,
	merge: false,
	prettyErrors: false,
} as const;

function readFile(
	{ document, lines }: Omit<YamlSource, "plan">,
	library: readonly LibraryPrompt[] | undefined,
): ParsedWorkflow {
	const file: unknown = document.toJS({ maxAliasCount: 0, reviver: toExactNumber });
	if (!isObject(file))
		return {
			problems: [
				{ line: 1, column: 1, message: "The file contains no workflow.", expected: "version, name and nodes" },
			],
		};
	if (isStageFile(file)) return readStages({ document, lines, plan: undefined }, file, library);
	const { slug, name, description, ...readable } = file;
	const raw = fromReadable(readable);
	const source: YamlSource = { document, lines, plan: raw };
	const header = headerSchema.safeParse({ slug, name, description });
	const { plan, issues = [] } = parsePlan(raw);
	const problems = [
		...(header.error?.issues ?? []).map((problem): YamlProblem => {
			const place = { field: problem.path.join("."), code: "" };
			return { ...locateIssue(source, place), message: explainProblem(problem, headerSchema, file) };
		}),
		...issues.map((issue): YamlProblem => ({ ...locateIssue(source, issue), message: issue.message })),
	];
	const [first, ...others] = problems;
	if (first) return { problems: [first, ...others] };
	if (!plan || !header.success)
		return { problems: [{ line: 1, column: 1, message: "The file contains no workflow." }] };
	return { file: { ...header.data, plan }, locate: (issue) => locateIssue(source, issue) };
}

/** An integer that JavaScript cannot hold is the text of its digits, as in other JSON that comes from outside. */
function toExactNumber(_key: unknown, value: unknown): unknown {
	if (typeof value !== "bigint") return value;
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : String(value);
}
