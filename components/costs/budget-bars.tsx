"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { nameMonth } from "@/server/budgets/describe-spent";
import { BudgetBar } from "../budgets/budget-bar";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { ErrorRow } from "../ui/error-row";
import { Skeleton } from "../ui/skeleton";

/** What the team and its workflows have spent this month of their budgets. */
export function BudgetBars() {
	const { team } = useViewer();
	const { data, error, refetch, isFetching } = useQuery(
		useTRPC().budgets.list.queryOptions({ team: team.slug }, { staleTime: 0 }),
	);
	if (error && !data)
		return (
			<ErrorRow
				onRetry={() => void refetch()}
				busy={isFetching}
				className="min-h-14 rounded-3 border border-line bg-panel"
			>
				{errorText(error)}
			</ErrorRow>
		);
	if (!data) return <Skeleton className="h-14 w-full" />;
	const limited = data.workflows.filter(({ budgetUsd }) => budgetUsd !== null);
	return (
		<section aria-label="Budgets" className="grid gap-3 rounded-3 border border-line bg-panel px-4 py-3">
			<header className="flex flex-wrap items-center gap-x-3">
				<h2 className="text-13">Budgets, {nameMonth(data.month)}</h2>
				<span className="text-12 text-ink-3">Months are those of UTC.</span>
				<Link href={`/${team.slug}/settings/budgets`} className="ml-auto text-12 text-accent hover:underline">
					Set budgets
				</Link>
			</header>
			<BudgetBar name={team.name} {...data.team} />
			{limited.map((bar) => (
				<BudgetBar key={bar.slug} {...bar} />
			))}
		</section>
	);
}
