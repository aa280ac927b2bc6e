import type { NodeId } from "@/server/plan/plan";
import type { Issue } from "@/server/plan/validate/issue";

/** What half a reference is told for, and a whole one may not be. */
const UNFINISHED = new Set([
	"invalid_reference",
	"invalid_expression",
	"unknown_reference",
	"unknown_output",
	"missing_credential",
]);

/** Problems less those of a reference that is being written: they wait until its completion has closed. */
export function withoutUnfinished(issues: readonly Issue[], completing: NodeId | null): readonly Issue[] {
	if (completing === null) return issues;
	return issues.filter(({ nodeId, code }) => nodeId !== completing || !UNFINISHED.has(code));
}
