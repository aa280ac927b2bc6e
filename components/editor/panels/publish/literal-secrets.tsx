import { countOf } from "@/server/nodes/summary-text";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { WarningList } from "./warning-list";

interface LiteralSecretsProps {
	plan: Plan;
	issues: readonly Issue[];
	/** Leads to the place of one. */
	onShow: (issue: Issue) => void;
}

/** Texts in a plan that look like secrets: every version keeps them for good. */
export function LiteralSecrets(props: LiteralSecretsProps) {
	const { length } = props.issues;
	if (length === 0) return null;
	return (
		<WarningList {...props}>
			{countOf(length, "value")} {length === 1 ? "looks" : "look"} like a secret. A version keeps it, for everybody who
			sees the workflow.
		</WarningList>
	);
}
