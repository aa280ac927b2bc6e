import { WeftError } from "@/server/errors";
import type { WorkflowFile } from "@/server/plan/yaml/plan-yaml";
import type { YamlProblem } from "@/server/plan/yaml/yaml-problem";
import { readWorkflowText } from "@/server/threads/large-work";

/** A workflow's file: its names and its plan. Throws `invalid` with the place of each problem when it is none. */
export async function readWorkflowFile(text: string, signal?: AbortSignal): Promise<WorkflowFile> {
	const read = await readWorkflowText(text, signal);
	if (!read.problems) return { ...read.file, plan: JSON.parse(read.plan) };
	const issues = read.problems.map((problem) => ({
		severity: "error" as const,
		code: "invalid_file",
		message: describeProblem(problem),
	}));
	const count = read.count === 1 ? "a mistake" : `${read.count} mistakes`;
	throw new WeftError("invalid", `This file has ${count}. Correct it, then import it again.`, { issues });
}

function describeProblem({ line, column, message, expected }: YamlProblem): string {
	const wanted = expected === undefined ? "" : ` Expected: ${expected}.`;
	return `Line ${line}, column ${column}: ${message}${wanted}`;
}
