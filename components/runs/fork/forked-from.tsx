import type { Outputs } from "@/components/trpc/types";
import { RunLink } from "../run-link";

interface ForkedFromProps {
	team: string;
	run: Outputs["runs"]["get"];
}

/** Leads to the run from whose turn this one goes on. */
export function ForkedFrom({ team, run: { forked, workflow, plan } }: ForkedFromProps) {
	if (!forked) return null;
	const step = plan.nodes.find(({ id }) => id === forked.nodeId)?.name ?? forked.nodeId;
	return (
		<RunLink team={team} run={{ slug: workflow.slug, workflow: workflow.name, number: forked.number }}>
			Forked at turn {forked.turn} of <bdi>{step}</bdi>, from
		</RunLink>
	);
}
