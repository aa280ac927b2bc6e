import type { Sql } from "@/db/client";
import { describeSpent, type SpentBudget } from "./describe-spent";

/** What a call of a model is paid from: the budgets of its run, its workflow and its team. */
export interface Payer {
	teamId: string;
	/** Null where it is about none. */
	workflowId: string | null;
	/** Null outside of runs. */
	runId: string | null;
}

export interface Budget {
	/** In US dollars: the least of what these budgets have left, 0 at least; null without any. */
	leftUsd: number | null;
	/** The one that is spent. */
	spent: (SpentBudget & { message: string }) | null;
}

interface Row {
	teamName: string;
	workflowName: string | null;
	month: string;
	teamBudget: number | null;
	teamSpent: number;
	workflowBudget: number | null;
	workflowSpent: number;
	runBudget: number | null;
	runSpent: number | null;
}

/** What may still be spent, as all workers have recorded it. Calls that are under way are not counted yet. */
export async function readBudget(sql: Sql, { teamId, workflowId, runId }: Payer): Promise<Budget> {
	const [row] = await sql<Row[]>`
		with month as (select date_trunc('month', now() at time zone 'utc')::date as first)
		select t.name as "teamName", w.name as "workflowName", to_char(month.first, 'YYYY-MM') as month,
			t.budget_usd as "teamBudget", w.budget_usd as "workflowBudget",
			r.budget_usd as "runBudget", r.cost_usd as "runSpent",
			case when t.budget_usd is null then 0 else coalesce((
				select sum(cost_usd) from month_spending m where m.team_id = t.id and m.month = month.first), 0)
			end as "teamSpent",
			case when w.budget_usd is null then 0 else coalesce((
				select cost_usd from month_spending m
				where m.team_id = t.id and m.month = month.first and m.workflow_id = w.id), 0)
			end as "workflowSpent"
		from month, teams t left join workflows w on w.id = ${workflowId} and w.team_id = t.id
			left join runs r on r.id = ${runId} and r.team_id = t.id
		where t.id = ${teamId}`;
	if (row === undefined) return { leftUsd: null, spent: null };
	const budgets = budgetsOf(row);
	const [spent] = budgets.filter(({ budgetUsd, spentUsd }) => spentUsd >= budgetUsd);
	return {
		leftUsd: budgets.length === 0 ? null : Math.max(0, Math.min(...budgets.map((one) => one.budgetUsd - one.spentUsd))),
		spent: spent === undefined ? null : { ...spent, message: describeSpent(spent) },
	};
}

function budgetsOf(row: Row): SpentBudget[] {
	const { teamName, workflowName, month } = row;
	const all = [
		{ of: "run" as const, name: "", month, budgetUsd: row.runBudget, spentUsd: row.runSpent ?? 0 },
		{
			of: "workflow" as const,
			name: workflowName ?? "",
			month,
			budgetUsd: row.workflowBudget,
			spentUsd: row.workflowSpent,
		},
		{ of: "team" as const, name: teamName, month, budgetUsd: row.teamBudget, spentUsd: row.teamSpent },
	];
	return all.flatMap((one) => (one.budgetUsd === null ? [] : [{ ...one, budgetUsd: one.budgetUsd }]));
}
