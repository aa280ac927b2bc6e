import { stringifyWorkflow } from "@/server/plan/plan-yaml";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findShownPlan } from "./find-shown-plan";
import { findWorkflow, type WorkflowRef } from "./workflow-ref";

/** A workflow as the text of its file. */
export async function exportWorkflow(
	{ database: { db }, actor }: Caller,
	input: WorkflowRef,
): Promise<{ fileName: string; yaml: string }> {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const plan = await findShownPlan(db, workflow);
	const { slug, name, description } = workflow;
	return { fileName: `${slug}.workflow.yml`, yaml: stringifyWorkflow({ slug, name, description, plan }) };
}
