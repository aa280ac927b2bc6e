import { catalog } from "../nodes/catalog";
import type { KnownPrompt } from "../plan/graph/plan-view";
import { hashPlan } from "../plan/hash-plan";
import { type Issue, tellIssues } from "../plan/issue";
import type { Plan } from "../plan/plan";
import type { LibraryPrompt } from "../plan/stages/stage-prompts";
import { validatePlan } from "../plan/validate/validate-plan";
import { JsonValueError, toExactJson } from "../plan/values/read-json";
import { parseWorkflowYaml, stringifyWorkflow, type WorkflowFile } from "../plan/yaml/plan-yaml";
import type { ImportNote } from "../plan/yaml/read-stages";
import type { YamlProblem } from "../plan/yaml/yaml-problem";

/**
 * What a thread of the pool can do: the functions that every surface calls, over values that are cheap to send. Plans
 * travel as JSON text, since a copy of a large object costs the sender as much as the work itself.
 */

/** @param only the steps whose issues are wanted, instead of all */
export interface CheckPlan {
	plan: string;
	credentials: readonly string[];
	prompts?: readonly KnownPrompt[] | undefined;
	only?: readonly string[] | undefined;
}

export function checkPlanText({ plan, ...context }: CheckPlan): Issue[] {
	return collectIssues(parseTrusted(plan), context);
}

/** Everything that is wrong with a plan, or with some of its steps and with the whole. */
export function collectIssues(plan: Plan, { credentials, prompts, only }: Omit<CheckPlan, "plan">): Issue[] {
	const issues = validatePlan(plan, { definitions: catalog, credentials, ...(prompts && { prompts }) });
	if (only === undefined) return tellIssues(issues);
	const wanted = new Set(only);
	return tellIssues(issues.filter(({ nodeId }) => nodeId === undefined || wanted.has(nodeId)));
}

export function hashPlanText(plan: string): string {
	return hashPlan(parseTrusted(plan));
}

const MAX_PROBLEMS = 100;

export type FileText =
	| {
			file: Omit<WorkflowFile, "plan">;
			plan: string;
			/** Undefined for a file of a plan. */
			notes: ImportNote[] | undefined;
			problems?: undefined;
	  }
	| { problems: YamlProblem[]; count: number };

/** @param library the prompts that a file of stages may name */
export interface WorkflowText {
	yaml: string;
	library?: readonly LibraryPrompt[] | undefined;
}

/** Reads a workflow's YAML. Returns at most the first problems of very many. */
export function readYaml({ yaml, library }: WorkflowText): FileText {
	const { file, notes, problems } = parseWorkflowYaml(yaml, library);
	if (!file) return { problems: problems.slice(0, MAX_PROBLEMS), count: problems.length };
	const { plan, ...header } = file;
	return { file: header, plan: JSON.stringify(plan), notes };
}

export function writeYaml({ plan, ...header }: Omit<WorkflowFile, "plan"> & { plan: string }): string {
	return stringifyWorkflow({ ...header, plan: parseTrusted(plan) });
}

export type ExactJson = { text: string } | { refused: "no JSON" | "no value"; message: string };

/** Checks JSON of others, and quotes the integers in it that JavaScript would round. */
export function exactJson(text: string): ExactJson {
	try {
		return { text: toExactJson(text) };
	} catch (error) {
		if (error instanceof JsonValueError) return { refused: "no value", message: error.message };
		if (error instanceof SyntaxError) return { refused: "no JSON", message: error.message };
		throw error;
	}
}

/** The text was written from a plan by this very process. */
function parseTrusted(plan: string): Plan {
	return JSON.parse(plan);
}
