import type { TransactionSql } from "postgres";
import type { Sql } from "@/db/client";
import { BUDGET_THRESHOLDS } from "@/db/schema/model-calls";
import { announceInboxes, notifyIn } from "@/server/notifications/notify";
import { shorten } from "@/server/notifications/run-place";
import { type Permission, rolesWith } from "@/server/teams/permissions";

interface DueNotice {
	teamId: string;
	/** "" for the team's budget. */
	workflowId: string;
	name: string;
	month: string;
	threshold: number;
	budgetUsd: number;
	spentUsd: number;
}

/**
 * Tells of budgets of which 80 % is spent, or all: once each in a month, and anew when it was raised. Those hear it who may
 * raise it, and the destinations where failures are told. A budget of nothing at all was meant so.
 */
export async function tellBudgets(sql: Sql): Promise<void> {
	const told = await sql.begin(async (tx) => {
		const due = await takeDue(tx);
		const users: string[] = [];
		for (const notice of due) {
			users.push(...(await tellInboxes(tx, notice)));
			await tellDestinations(tx, notice);
		}
		return users;
	});
	announceInboxes(sql, told);
}

/** Of a budget that has passed both at once, only the higher one is told. */
async function takeDue(tx: TransactionSql): Promise<DueNotice[]> {
	return await tx<DueNotice[]>`
		with month as (select date_trunc('month', now() at time zone 'utc')::date as first),
		spent as (
			select m.team_id, m.workflow_id, m.cost_usd from month_spending m, month where m.month = month.first
		), budgets as (
			select t.id as team_id, '' as workflow_id, t.name, t.budget_usd, sum(s.cost_usd) as spent
			from teams t join spent s on s.team_id = t.id where t.budget_usd > 0 group by t.id
			union all
			select w.team_id, w.id, w.name, w.budget_usd, s.cost_usd
			from spent s join workflows w on w.id = s.workflow_id where w.budget_usd > 0
		), taken as (
			insert into budget_notices (team_id, month, workflow_id, threshold)
			select b.team_id, month.first, b.workflow_id, p.threshold
			from budgets b, month, unnest(${[...BUDGET_THRESHOLDS]}::int[]) as p (threshold)
			where b.spent >= b.budget_usd * p.threshold / 100
			order by 1, 2, 3, 4
			on conflict do nothing returning team_id, workflow_id, threshold
		)
		select distinct on (b.team_id, b.workflow_id) b.team_id as "teamId", b.workflow_id as "workflowId", b.name,
			to_char(month.first, 'YYYY-MM') as month, taken.threshold, b.budget_usd as "budgetUsd", b.spent as "spentUsd"
		from taken join budgets b using (team_id, workflow_id), month
		order by b.team_id, b.workflow_id, taken.threshold desc`;
}

async function tellInboxes(tx: TransactionSql, notice: DueNotice): Promise<string[]> {
	const { teamId, workflowId, ...spent } = notice;
	const of = workflowId === "" ? "team" : "workflow";
	const mayRaise: Permission = of === "team" ? "budget:manage" : "workflow:edit";
	const members = await tx<{ id: string }[]>`
		select user_id as id from memberships where team_id = ${teamId} and role = any(${rolesWith(mayRaise)}::text[])`;
	return await notifyIn(tx, {
		...{ kind: "budget", teamId, recipients: members.map(({ id }) => id), key: keyOf(notice) },
		data: { of, ...spent, name: shorten(spent.name) },
	});
}

async function tellDestinations(tx: TransactionSql, notice: DueNotice): Promise<void> {
	const { teamId, workflowId, month, threshold, budgetUsd, spentUsd } = notice;
	const data = JSON.stringify({ budget: { month, threshold, budgetUsd, spentUsd } });
	await tx`
		insert into failure_notices (team_id, destination_id, workflow_id, episode, change, data)
		select d.team_id, d.id, nullif(${workflowId}, ''), ${keyOf(notice)}, 'budget', ${data}::text::jsonb
		from failure_destinations d left join workflows w on w.id = ${workflowId}
		where d.team_id = ${teamId} and d.type <> 'inbox' and coalesce(w.failure_rule, 'team') <> 'nobody'
			and (d.workflow_id is null or (d.workflow_id = ${workflowId} and w.failure_rule = 'also'))
		on conflict do nothing`;
}

/** The same part of the same budget in the same month is told once. */
function keyOf({ teamId, workflowId, month, threshold, budgetUsd }: DueNotice): string {
	return `budget ${workflowId || teamId} ${month} ${threshold} ${budgetUsd}`;
}
