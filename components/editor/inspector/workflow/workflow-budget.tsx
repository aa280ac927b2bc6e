"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { BudgetBar } from "@/components/budgets/budget-bar";
import { BudgetForm } from "@/components/budgets/budget-form";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { ErrorRow } from "@/components/ui/error-row";
import { Skeleton } from "@/components/ui/skeleton";
import { nameMonth } from "@/server/budgets/describe-spent";

/** What all runs of the workflow together may cost in a month. It holds at once, and is part of no version. */
export function WorkflowBudget({ team, slug }: { team: string; slug: string }) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const list = useQuery(trpc.budgets.list.queryOptions({ team }, { staleTime: 0 }));
	const set = useMutation(
		trpc.budgets.setWorkflow.mutationOptions({
			onSettled: () => queries.invalidateQueries(trpc.budgets.list.queryFilter({ team })),
		}),
	);
	if (list.error)
		return (
			<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
				{errorText(list.error)}
			</ErrorRow>
		);
	if (!list.data) return <Skeleton className="mx-4 mb-4 h-20" />;
	const own = list.data.workflows.find((bar) => bar.slug === slug) ?? { budgetUsd: null, spentUsd: 0 };
	return (
		<div className="grid gap-3 px-4 pb-4">
			<BudgetForm
				label="All runs together, per month ($)"
				help="Empty: no limit. 0: nothing may be spent. It holds at once, without publishing."
				budgetUsd={own.budgetUsd}
				whyNot={undefined}
				problem={set.error ? errorText(set.error) : undefined}
				isSaving={set.isPending}
				onSave={(budget) => set.mutate({ team, slug, budget })}
			/>
			<BudgetBar name={nameMonth(list.data.month)} budgetUsd={own.budgetUsd} spentUsd={own.spentUsd} />
			<Link href={`/${team}/costs?workflow=${slug}`} className="text-12 text-accent hover:underline">
				Costs of this workflow
			</Link>
		</div>
	);
}
