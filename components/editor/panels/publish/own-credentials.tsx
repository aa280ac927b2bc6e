import { useMemo } from "react";
import { catalog } from "@/server/nodes/catalog";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import { WarningList } from "./warning-list";

interface OwnCredentialsProps {
	plan: Plan;
	/** What references to credentials may read. */
	credentials: readonly string[];
	/** The names of those that belong to the reader alone. */
	own: readonly string[];
	onShow: (issue: Issue) => void;
}

/** Steps that read what is there in the reader's runs alone: in those of others, and in those that start by themselves, they fail. */
export function OwnCredentials({ plan, credentials, own, onShow }: OwnCredentialsProps) {
	const issues = useMemo(() => {
		if (own.length === 0) return [];
		const ofTeam = credentials.filter((reference) => !own.includes(reference.split(".")[0] ?? reference));
		const all = validatePlan(plan, { definitions: catalog, credentials: ofTeam });
		return all.filter(({ credential }) => credential !== undefined && own.includes(credential));
	}, [plan, credentials, own]);
	if (issues.length === 0) return null;
	const names = [...new Set(issues.map(({ credential }) => credential))].join(", ");
	return (
		<WarningList plan={plan} issues={issues} onShow={onShow}>
			Only you have {names}. Runs that others start, or that start by themselves, fail at these steps. Add it for the
			team, unless you alone run this.
		</WarningList>
	);
}
