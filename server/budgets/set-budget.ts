import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { teams } from "@/db/schema/teams";
import { workflows } from "@/db/schema/workflows";
import type { Caller } from "@/server/teams/caller";
import { lockTeam } from "@/server/teams/lock-team";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { lockWorkflow, teamInput, workflowRefInput } from "@/server/workflows/workflow-ref";

/** US dollars a month, as a text: 0 allows nothing to be spent, nothing is no limit. */
const amount = {
	budget: z
		.string()
		.max(20)
		.regex(/^(\d{1,9}(\.\d{1,6})?)?$/, "Enter an amount in dollars, such as 50, or nothing for no limit."),
};
export const setTeamBudgetInput = teamInput.extend(amount);
export const setWorkflowBudgetInput = workflowRefInput.extend(amount);

/** Sets what all calls of models of a team may cost in a month. It holds at once, for runs under way too. */
export async function setTeamBudget(
	{ database: { db }, actor }: Caller,
	{ team: slug, budget }: z.infer<typeof setTeamBudgetInput>,
): Promise<void> {
	const budgetUsd = readAmount(budget);
	await db.transaction(async (tx) => {
		const { team } = await lockTeam(tx, actor, { team: slug, permission: "budget:manage" });
		const [before] = await tx.select({ budgetUsd: teams.budgetUsd }).from(teams).where(eq(teams.id, team.id));
		await tx.update(teams).set({ budgetUsd }).where(eq(teams.id, team.id));
		await forgetNotices(tx, { teamId: team.id, workflowId: "", budgetUsd });
		await writeAudit(tx, {
			...{ teamId: team.id, actor, action: "team.budget_changed", target: { type: "team", id: team.id } },
			...{
				detail: { name: team.name },
				change: { before: { budgetUsd: before?.budgetUsd ?? null }, after: { budgetUsd } },
			},
		});
	});
}

/** The same of one workflow. It is part of no version. */
export async function setWorkflowBudget(
	{ database: { db }, actor }: Caller,
	{ team: teamSlug, slug: asked, budget }: z.infer<typeof setWorkflowBudgetInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, teamSlug, "workflow:edit");
	const budgetUsd = readAmount(budget);
	await db.transaction(async (tx) => {
		const { id, slug, budgetUsd: before } = await lockWorkflow(tx, team.id, asked);
		await tx.update(workflows).set({ budgetUsd }).where(eq(workflows.id, id));
		await forgetNotices(tx, { teamId: team.id, workflowId: id, budgetUsd });
		await writeAudit(tx, {
			...{ teamId: team.id, actor, action: "workflow.budget_changed", target: { type: "workflow", id } },
			...{ detail: { slug }, change: { before: { budgetUsd: before }, after: { budgetUsd } } },
		});
	});
}

function readAmount(text: string): number | null {
	return text === "" ? null : Number(text);
}

/** Of a raised budget people are told anew: at 80 % of what it is now. */
async function forgetNotices(
	tx: DbTransaction,
	{ teamId, workflowId, budgetUsd }: { teamId: string; workflowId: string; budgetUsd: number | null },
): Promise<void> {
	await tx.execute(sql`
		delete from budget_notices n
		where n.team_id = ${teamId} and n.workflow_id = ${workflowId} and (${budgetUsd}::float8 is null or (
			select coalesce(sum(m.cost_usd), 0) from month_spending m
			where m.team_id = n.team_id and m.month = n.month and (n.workflow_id = '' or m.workflow_id = n.workflow_id)
		) < ${budgetUsd}::float8 * n.threshold / 100)`);
}
