"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { nameMonth } from "@/server/budgets/describe-spent";
import { BudgetBar } from "../budgets/budget-bar";
import { BudgetForm } from "../budgets/budget-form";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { ErrorRow } from "../ui/error-row";
import { Skeleton } from "../ui/skeleton";
import { SettingsFrame } from "./settings-frame";

/** What calls of models may cost a team in a month. */
export function BudgetsPage({ team }: { team: string }) {
	const list = useQuery(useTRPC().budgets.list.queryOptions({ team }, { staleTime: 0 }));
	return (
		<SettingsFrame page="Budgets">
			<h2 className="text-20 tracking-[-0.012em]">Budgets</h2>
			<p className="mb-5 max-w-160 text-ink-2">
				What calls of models may cost in a month of UTC. Each call is checked before it is made, on all workers. Calls
				that are under way when a budget is spent are finished, so that it can be exceeded by one call of each step that
				works at that moment. At 80 % and at 100 % those are told who can raise it. A prompt then fails and says why; an
				agent waits until somebody lets it go on.
			</p>
			{list.error && (
				<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
					{errorText(list.error)}
				</ErrorRow>
			)}
			{list.isPending && <Skeleton className="h-40 w-full" />}
			{list.data && (
				<div className="grid gap-6">
					<TeamBudget team={team} listed={list.data} />
					<WorkflowBudgets team={team} listed={list.data} />
				</div>
			)}
		</SettingsFrame>
	);
}

interface ListedProps {
	team: string;
	listed: Outputs["budgets"]["list"];
}

function TeamBudget({ team, listed }: ListedProps) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const whyNot = useWhyNot("budget:manage");
	const set = useMutation(
		trpc.budgets.setTeam.mutationOptions({
			onSettled: () => queries.invalidateQueries(trpc.budgets.list.queryFilter({ team })),
		}),
	);
	return (
		<section aria-label="The team" className="grid gap-4 rounded-3 border border-line bg-panel p-4 shadow-1">
			<BudgetForm
				label="Budget of the team per month ($)"
				help="Empty: no limit. 0: nothing may be spent; the demo model costs nothing and goes on. It holds at once."
				budgetUsd={listed.team.budgetUsd}
				whyNot={whyNot}
				problem={set.error ? errorText(set.error) : undefined}
				isSaving={set.isPending}
				onSave={(budget) => set.mutate({ team, budget })}
			/>
			<BudgetBar name={nameMonth(listed.month)} {...listed.team} />
		</section>
	);
}

function WorkflowBudgets({ team, listed }: ListedProps) {
	return (
		<section aria-label="Workflows" className="grid gap-3">
			<h3 className="text-15">Workflows</h3>
			{listed.workflows.length === 0 ? (
				<p className="text-ink-2">
					No workflow has a budget or has spent anything this month. Open a workflow in its editor and open its section
					Budget.
				</p>
			) : (
				<ul className="grid gap-3 rounded-3 border border-line bg-panel p-4">
					{listed.workflows.map((bar) => (
						<li key={bar.slug} className="grid gap-1">
							<BudgetBar {...bar} />
							<Link
								href={`/${team}/workflows/${bar.slug}`}
								className="justify-self-start text-12 text-accent hover:underline"
							>
								Open {bar.name}
							</Link>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}
