import type { z } from "zod";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import type { teamInput } from "@/server/workflows/workflow-ref";

export interface BudgetBar {
	/** In US dollars a month; null without a limit. */
	budgetUsd: number | null;
	/** In the month to date. */
	spentUsd: number;
}

interface WorkflowBudget extends BudgetBar {
	slug: string;
	name: string;
}

/** The budgets of this month of UTC, and what is spent of them: of the team, and of each workflow with a budget or costs. */
export async function listBudgets({ database: { db, sql }, actor }: Caller, input: z.infer<typeof teamInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const [row] = await sql<{ month: string; team: BudgetBar; workflows: WorkflowBudget[] }[]>`
		with month as (select date_trunc('month', now() at time zone 'utc')::date as first),
			spent as (select m.workflow_id, m.cost_usd from month_spending m, month where m.team_id = ${team.id} and m.month = month.first)
		select to_char(month.first, 'YYYY-MM') as month,
			json_build_object('budgetUsd', t.budget_usd, 'spentUsd', coalesce((select sum(cost_usd) from spent), 0)) as team,
			coalesce((
				select json_agg(json_build_object('slug', w.slug, 'name', w.name, 'budgetUsd', w.budget_usd,
					'spentUsd', coalesce(s.cost_usd, 0)) order by s.cost_usd desc nulls last, w.name)
				from workflows w left join spent s on s.workflow_id = w.id
				where w.team_id = t.id and (w.budget_usd is not null or s.cost_usd > 0)
			), '[]') as workflows
		from teams t, month where t.id = ${team.id}`;
	return row ?? { month: "", team: { budgetUsd: null, spentUsd: 0 }, workflows: [] };
}
