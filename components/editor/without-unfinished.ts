import type { Issue } from "@/server/plan/issue";
import type { NodeId } from "@/server/plan/plan";

/** The problems that an unfinished reference has and a finished one may not. */
const UNFINISHED = new Set([
	"invalid_reference",
	"invalid_expression",
	"unknown_reference",
	"unknown_output",
	"missing_credential",
]);

/** The problems without those of a reference that is being typed: they appear once its completion is closed. */
export function withoutUnfinished(issues: readonly Issue[], completing: NodeId | null): readonly Issue[] {
	if (completing === null) return issues;
	return issues.filter(({ nodeId, code }) => nodeId !== completing || !UNFINISHED.has(code));
}
