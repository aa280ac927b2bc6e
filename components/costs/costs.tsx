"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleDollarSign } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { dateIn } from "@/server/triggers/schedule/times/list-times";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { useNow } from "../ui/hooks/use-now";
import { SkeletonRows } from "../ui/skeleton";
import { BudgetBars } from "./budget-bars";
import { CostChart } from "./cost-chart";
import { CostFilters } from "./cost-filters";
import { CostTable } from "./cost-table";
import { CostTotals } from "./cost-totals";
import { allTokens, type CostView, daysOf, filterOf, type Costs as Read } from "./cost-view";

/** What calls of models cost the team: totals, budgets, a chart by day, and a table. */
export function Costs({ workflow = "" }: { workflow: string | undefined }) {
	const { team, user } = useViewer();
	const timeZone = user.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
	const today = dateIn(timeZone)(useNow(60_000));
	const [view, setView] = useState<CostView>({
		...{ range: "30", from: today, to: today, workflow, model: "", by: "workflow", metric: "cost" },
	});
	const asked = { team: team.slug, ...daysOf(view, today), timeZone };
	const filter = filterOf(view);
	const costs = useQuery(
		useTRPC().costs.read.queryOptions(
			{ ...asked, ...filter, by: view.by },
			{ placeholderData: keepPreviousData, staleTime: 0 },
		),
	);
	const csv = `/api/costs?${new URLSearchParams({ ...asked, ...filter })}`;
	return (
		<div className="flex min-h-0 flex-1 flex-col">
			<CostFilters view={view} asked={asked} onChange={setView} />
			<div className="min-h-0 flex-1 overflow-y-auto" aria-busy={costs.isFetching}>
				{costs.isPending && <SkeletonRows rows={10} label="Adding up the costs" />}
				{costs.error && (
					<ErrorRow onRetry={() => void costs.refetch()} busy={costs.isFetching}>
						{errorText(costs.error)}
					</ErrorRow>
				)}
				{costs.data && <Shown costs={costs.data} view={view} csv={csv} onChange={setView} />}
			</div>
		</div>
	);
}

interface ShownProps {
	costs: Read;
	view: CostView;
	/** Where the calls are downloaded. */
	csv: string;
	onChange: (view: CostView) => void;
}

function Shown({ costs, view, csv, onChange }: ShownProps) {
	const isFree = costs.total.costUsd === 0 && costs.total.notionalUsd === 0 && allTokens(costs.total) > 0;
	return (
		<div className="mx-auto grid max-w-300 gap-5 px-5 py-4 phone:px-4">
			<BudgetBars />
			{costs.total.calls === 0 ? (
				<Nothing
					isAll={view.workflow === "" && view.model === ""}
					onReset={() => onChange({ ...view, workflow: "", model: "" })}
				/>
			) : (
				<>
					<CostTotals total={costs.total} />
					<CostChart
						costs={costs}
						view={isFree ? { ...view, metric: "tokens" } : view}
						onChange={onChange}
						isFree={isFree}
					/>
					<CostTable costs={costs} view={view} csv={csv} onChange={onChange} />
				</>
			)}
		</div>
	);
}

function Nothing({ isAll, onReset }: { isAll: boolean; onReset: () => void }) {
	const { team } = useViewer();
	if (!isAll) {
		return (
			<EmptyState
				title="No calls of that kind in these days"
				action={<Button onClick={onReset}>Show all calls</Button>}
			>
				Choose more days, another workflow or another model.
			</EmptyState>
		);
	}
	return (
		<EmptyState
			picture={<CircleDollarSign aria-hidden="true" className="size-6 text-ink-3" />}
			title="No model was asked in these days"
			action={
				<Button intent="primary" asChild>
					<Link href={`/${team.slug}/workflows`}>Choose a workflow</Link>
				</Button>
			}
		>
			Run a workflow with an LLM prompt or an agent, or choose more days. Each call then counts here with its tokens and
			what it cost. The demo model costs nothing.
		</EmptyState>
	);
}
