import { WeftError } from "@/server/errors";
import type { WorkflowFile } from "@/server/plan/yaml/plan-yaml";
import type { ImportNote } from "@/server/plan/yaml/read-stages";
import type { YamlProblem } from "@/server/plan/yaml/yaml-problem";
import { readWorkflowText } from "@/server/threads/large-work";
import type { WorkflowText } from "@/server/threads/thread-program";

/** A workflow's names and its plan. Throws `invalid` with the place of each problem when the text is no workflow’s file. */
export async function readWorkflowFile(text: string, signal?: AbortSignal): Promise<WorkflowFile> {
	return (await readImportedFile({ yaml: text }, signal)).file;
}

/** The same, and what a file of stages says that a plan cannot; `notes` is undefined for a file of a plan. */
export async function readImportedFile(
	text: WorkflowText,
	signal?: AbortSignal,
): Promise<{ file: WorkflowFile; notes: ImportNote[] | undefined }> {
	const read = await readWorkflowText(text, signal);
	if (!read.problems) return { file: { ...read.file, plan: JSON.parse(read.plan) }, notes: read.notes };
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
