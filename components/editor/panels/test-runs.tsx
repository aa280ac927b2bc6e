"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { actorName } from "@/components/runs/describe-run";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import type { Outputs } from "@/components/trpc/types";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorRow } from "@/components/ui/error-row";
import { formatCost } from "@/components/ui/format/format-number";
import { LiveDuration } from "@/components/ui/live-duration";
import { RelativeTime } from "@/components/ui/relative-time";
import { RUN_LOOK_LABELS, runLook } from "@/components/ui/run-state/run-look";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import { SkeletonRows } from "@/components/ui/skeleton";

type Run = Outputs["runs"]["list"]["items"][number];

/** How often a list that shows something alive is read again. */
const REFRESH_MS = 3_000;

interface TestRunsProps {
	team: string;
	slug: string;
}

/** The last tests of the draft, each leading to its run. */
export function TestRuns({ team, slug }: TestRunsProps) {
	const trpc = useTRPC();
	const list = useQuery(
		trpc.runs.list.queryOptions(
			{ team, slug, limit: 100 },
			{ refetchInterval: ({ state }) => (state.data?.items.some(isAlive) ? REFRESH_MS : false) },
		),
	);
	if (list.error && !list.data) {
		return (
			<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
				{errorText(list.error)}
			</ErrorRow>
		);
	}
	if (!list.data) return <SkeletonRows rows={4} label="Loading test runs" />;
	const tests = list.data.items.filter(({ kind }) => kind === "draft");
	if (tests.length === 0) {
		return (
			<EmptyState title="No test runs yet" className="py-4">
				Test runs the draft as it is, without publishing it. Its runs are kept here.
			</EmptyState>
		);
	}
	return (
		<ul className="@container">
			{tests.map((run) => (
				<TestRun key={run.id} run={run} href={`/${team}/workflows/${slug}/runs/${run.number}`} />
			))}
		</ul>
	);
}

function isAlive({ endedAt }: Run): boolean {
	return endedAt === null;
}

function TestRun({ run, href }: { run: Run; href: string }) {
	const look = runLook(run.status);
	return (
		<li className="border-line-soft border-b last:border-0">
			<Link href={href} className="flex h-8 items-center gap-3 px-4 tabular-nums hover:bg-fill phone:h-11">
				<span
					data-state={look}
					className="flex w-28 flex-none items-center gap-1.5 font-medium @max-lg:w-24 text-(--c) text-12"
				>
					<StateIcon state={look} label="" />
					{RUN_LOOK_LABELS[look]}
				</span>
				<span className="w-20 flex-none font-medium @max-lg:w-14">Run {run.number}</span>
				<span className="min-w-0 flex-1 truncate text-12 text-ink-2">{actorName(run.actor)}</span>
				<span className="flex-none text-12 text-ink-2">
					{run.startedAt ? (
						<LiveDuration from={run.startedAt.getTime()} to={run.endedAt?.getTime()} />
					) : run.endedAt === null ? (
						"queued"
					) : (
						"–"
					)}
				</span>
				<span className="w-16 flex-none text-right text-12 text-ink-2 @max-lg:hidden">{formatCost(run.costUsd)}</span>
				<RelativeTime at={run.createdAt} className="w-24 flex-none text-right text-12 text-ink-3" />
			</Link>
		</li>
	);
}
