"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { describeCause } from "@/components/canvas/drawing/describe-trigger";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorRow } from "@/components/ui/error-row";
import { formatCost } from "@/components/ui/format/format-number";
import { LiveDuration } from "@/components/ui/live-duration";
import { RelativeTime } from "@/components/ui/relative-time";
import { RUN_LOOK_LABELS, runLook } from "@/components/ui/run-state/run-look";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import { CommentCount } from "./comments/comment-count";
import { actorName } from "./describe-run";
import { describeStepCount } from "./describe-step-count";

type RunItem = Outputs["runs"]["list"]["items"][number];

const PAGE = 50;
/** How often a list that shows something alive is read again. */
const REFRESH_MS = 3_000;

interface RunsListProps {
	team: string;
	slug: string;
	/** Stands there until the first run. */
	empty?: ReactNode;
}

/** The runs of a workflow, newest first. */
export function RunsList({ team, slug, empty }: RunsListProps) {
	const runs = useRuns(team, slug);
	const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
	const base = `/${team}/workflows/${slug}/runs`;
	return (
		<main className="min-h-0 overflow-y-auto bg-panel">
			{runs.error && (
				<ErrorRow onRetry={() => void runs.refetch()} busy={runs.isFetching}>
					{errorText(runs.error)}
				</ErrorRow>
			)}
			{runs.isPending && <SkeletonRows rows={12} label="Loading runs" />}
			{runs.data &&
				items.length === 0 &&
				(empty ?? (
					<EmptyState title="No runs yet" className="pt-20">
						Every run of this workflow is kept here, with its steps, logs and cost.
					</EmptyState>
				))}
			{items.length > 0 && (
				<>
					<RunTable items={items} base={base} />
					<PhoneRuns items={items} base={base} />
				</>
			)}
			{runs.hasNextPage && (
				<div className="flex justify-center py-4">
					<Button onClick={() => void runs.fetchNextPage()} busy={runs.isFetchingNextPage}>
						Show older runs
					</Button>
				</div>
			)}
		</main>
	);
}

function useRuns(team: string, slug: string) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const first: number | undefined = undefined;
	return useInfiniteQuery({
		queryKey: [...trpc.runs.list.queryKey({ team, slug }), "pages"],
		queryFn: ({ pageParam }: { pageParam: number | undefined }) =>
			queries.fetchQuery(
				trpc.runs.list.queryOptions({ team, slug, before: pageParam, limit: PAGE }, { staleTime: 0, gcTime: 0 }),
			),
		initialPageParam: first,
		getNextPageParam: (page) => page.next,
		refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some(isAlive)) ? REFRESH_MS : 15_000),
	});
}

function isAlive(run: RunItem): boolean {
	return run.endedAt === null;
}

interface RunItemsProps {
	items: readonly RunItem[];
	base: string;
}

function RunTable({ items, base }: RunItemsProps) {
	return (
		<div className="phone:hidden">
			<Table>
				<thead>
					<tr>
						<HeadCell className="w-[150px]">Status</HeadCell>
						<HeadCell className="w-[72px]">Run</HeadCell>
						<HeadCell className="hidden lg:table-cell">Trigger</HeadCell>
						<HeadCell>By</HeadCell>
						<HeadCell className="w-[84px]">Version</HeadCell>
						<HeadCell className="w-[130px]">Started</HeadCell>
						<HeadCell numeric className="w-[110px]">
							Duration
						</HeadCell>
						<HeadCell numeric className="hidden w-[200px] lg:table-cell">
							Steps
						</HeadCell>
						<HeadCell numeric className="hidden w-[84px] lg:table-cell">
							Cost
						</HeadCell>
					</tr>
				</thead>
				<tbody>
					{items.map((run) => (
						<RunRow key={run.id} run={run} base={base} />
					))}
				</tbody>
			</Table>
		</div>
	);
}

function RunRow({ run, base }: { run: RunItem; base: string }) {
	return (
		<Row live={run.status === "running"} className="relative">
			<Cell>
				<RunState run={run} />
			</Cell>
			<Cell className="tabular-nums">
				<span className="flex items-center gap-2">
					<Link href={`${base}/${run.number}`} className="font-medium after:absolute after:inset-0">
						{run.number}
					</Link>
					<CommentCount count={run.comments} />
				</span>
			</Cell>
			<Cell className="hidden text-ink-2 lg:table-cell">{describeCause(run.trigger).name}</Cell>
			<Cell>
				<span className="flex min-w-0 items-center gap-1.5 text-ink-2">
					{run.actor.kind === "user" && <Avatar name={run.actor.name} size="small" />}
					<span className="truncate">{actorName(run.actor)}</span>
				</span>
			</Cell>
			<Cell className="text-ink-2 tabular-nums">{run.version === null ? "draft" : `v${run.version}`}</Cell>
			<Cell className="text-ink-2">
				<RelativeTime at={run.startedAt ?? run.createdAt} />
			</Cell>
			<Cell numeric>
				<Duration run={run} />
			</Cell>
			<Cell numeric className="hidden text-ink-2 lg:table-cell">
				{describeStepCount(run.steps, !isAlive(run))}
			</Cell>
			<Cell numeric className="hidden text-ink-2 lg:table-cell">
				{formatCost(run.costUsd)}
			</Cell>
		</Row>
	);
}

function RunState({ run }: { run: RunItem }) {
	const look = runLook(run.status);
	return (
		<span data-state={look} className="flex items-center gap-1.5 font-medium text-(--c) text-12">
			<StateIcon state={look} label="" />
			{RUN_LOOK_LABELS[look]}
		</span>
	);
}

function Duration({ run }: { run: RunItem }) {
	if (run.startedAt === null) return run.endedAt === null ? "queued" : "–";
	return <LiveDuration from={run.startedAt.getTime()} to={run.endedAt?.getTime()} />;
}

/** Tables become items of two lines. */
function PhoneRuns({ items, base }: RunItemsProps) {
	return (
		<ul className="hidden phone:block">
			{items.map((run) => (
				<li key={run.id} className="border-line-soft border-b">
					<Link href={`${base}/${run.number}`} className="grid h-16 grid-cols-[1fr_auto] content-center gap-x-3 px-4">
						<RunState run={run} />
						<span className="text-right text-12 text-ink-2 tabular-nums">
							<Duration run={run} />
						</span>
						<span className="flex min-w-0 items-center gap-2 text-12 text-ink-2">
							<span className="truncate">
								Run {run.number} · {actorName(run.actor)}
							</span>
							<CommentCount count={run.comments} />
						</span>
						<span className="text-right text-12 text-ink-3">
							<RelativeTime at={run.startedAt ?? run.createdAt} />
						</span>
					</Link>
				</li>
			))}
		</ul>
	);
}
