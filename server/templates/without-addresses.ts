import type { Plan, PlanNode } from "@/server/plan/plan";
import { isRole } from "@/server/teams/permissions";
import type { TemplateViewer } from "./template";

/** A plan for people of other teams: roles may decide there, too, while the e-mail addresses of this team's people are nobody else's business. */
export function withoutAddresses(plan: Plan): Plan {
	return { ...plan, nodes: plan.nodes.map(withoutApprovers) };
}

function withoutApprovers(node: PlanNode): PlanNode {
	const { approvers } = node.config;
	if (!Array.isArray(approvers)) return node;
	const roles = approvers.filter((approver) => typeof approver === "string" && isRole(approver));
	return roles.length === approvers.length ? node : { ...node, config: { ...node.config, approvers: roles } };
}

/** A stored plan as somebody may read it: versions from before addresses were left out have them still, for their team alone. */
export function seenPlan(plan: Plan, { teamId }: TemplateViewer, publisherId: string): Plan {
	return teamId === publisherId ? plan : withoutAddresses(plan);
}
