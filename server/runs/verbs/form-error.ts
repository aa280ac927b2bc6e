import { WeftError } from "@/server/errors";
import type { FormIssue } from "@/server/plan/form-values";

/** The refusal of a form: each problem beside its field. */
export function formError(message: string, problems: readonly FormIssue[]): WeftError {
	const issues = problems.map(({ field, message: problem }) => ({
		severity: "error" as const,
		code: "form_value",
		field,
		message: problem,
	}));
	return new WeftError("invalid", message, { issues });
}
