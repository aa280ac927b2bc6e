"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useCurrentSegment, WORKFLOW_SEGMENT } from "@/components/shell/use-current-segment";
import { useTRPC } from "@/components/trpc/client";
import { errorText, httpStatus } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { ErrorRow } from "@/components/ui/error-row";
import { MessagePage } from "@/components/ui/message-page";
import { RunSkeleton } from "./run-skeleton";

/** The canvas is most of the page's code: it arrives while the run is being read. */
const RunScreenView = dynamic(() => import("./run-screen").then((module) => module.RunScreenView), {
	ssr: false,
	loading: () => <RunSkeleton />,
});

interface RunPageProps {
	team: string;
	slug: string;
	number: number;
}

/** A run, alive or ended. */
export function RunPage({ team, slug, number }: RunPageProps) {
	const trpc = useTRPC();
	const run = useQuery(trpc.runs.get.queryOptions({ team, slug, number }));
	useCurrentSegment({ index: WORKFLOW_SEGMENT, asked: slug, current: run.data?.workflow.slug });
	if (run.data) return <RunScreenView key={run.data.id} team={team} run={run.data} />;
	if (!run.error) return <RunSkeleton />;
	if (httpStatus(run.error) === 404) {
		return (
			<MessagePage
				title="No such run"
				action={
					<Button asChild>
						<Link href={`/${team}/workflows/${slug}?tab=runs`}>All runs of this workflow</Link>
					</Button>
				}
			>
				{errorText(run.error)}
			</MessagePage>
		);
	}
	return (
		<div className="mx-auto max-w-140 pt-20">
			<ErrorRow onRetry={() => void run.refetch()} busy={run.isFetching}>
				{errorText(run.error)}
			</ErrorRow>
		</div>
	);
}
