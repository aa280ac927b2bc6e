import { WeftError } from "@/server/errors";
import { parseWorkflowYaml, type WorkflowFile } from "@/server/plan/plan-yaml";
import type { YamlProblem } from "@/server/plan/yaml-problem";

const MOST_PROBLEMS = 100;

/** A workflow's file: its names and its plan. Throws `invalid` with the place of each problem when it is none. */
export function readWorkflowFile(text: string): WorkflowFile {
	const { file, problems } = parseWorkflowYaml(text);
	if (file) return file;
	const issues = problems.slice(0, MOST_PROBLEMS).map((problem) => ({
		severity: "error" as const,
		code: "invalid_file",
		message: describeProblem(problem),
	}));
	const count = problems.length === 1 ? "a mistake" : `${problems.length} mistakes`;
	throw new WeftError("invalid", `This file has ${count}. Correct it, then import it again.`, { issues });
}

function describeProblem({ line, column, message, expected }: YamlProblem): string {
	const wanted = expected === undefined ? "" : ` Expected: ${expected}.`;
	return `Line ${line}, column ${column}: ${message}${wanted}`;
}
