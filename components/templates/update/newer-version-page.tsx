"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTRPC } from "../../trpc/client";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { LoadError } from "../../ui/load-error";
import { SkeletonRows } from "../../ui/skeleton";

const TakeVersion = dynamic(() => import("./take-version").then((module) => module.TakeVersion), {
	ssr: false,
	loading: () => <SkeletonRows rows={8} label="Loading the comparison" />,
});

interface NewerVersionPageProps {
	team: string;
	slug: string;
}

/** A newer version of the template that a workflow was made from, merged into what was changed since. */
export function NewerVersionPage({ team, slug }: NewerVersionPageProps) {
	const trpc = useTRPC();
	const draft = useQuery(trpc.workflows.draft.queryOptions({ team, slug }, { staleTime: 0 }));
	const newer = useQuery(trpc.templates.newer.queryOptions({ team, slug }, { staleTime: 0 }));
	const error = draft.error ?? newer.error;
	if (error && !(draft.data && newer.data !== undefined)) {
		const retry = () => void Promise.all([draft.refetch(), newer.refetch()]);
		return <LoadError team={team} error={error} busy={draft.isFetching || newer.isFetching} onRetry={retry} />;
	}
	if (!draft.data || newer.data === undefined) return <SkeletonRows rows={8} label="Loading the comparison" />;
	if (newer.data === null) return <UpToDate team={team} slug={slug} />;
	const key = `${draft.data.revision} ${newer.data.version}`;
	return <TakeVersion key={key} team={team} draft={draft.data} newer={newer.data} />;
}

function UpToDate({ team, slug }: NewerVersionPageProps) {
	return (
		<main className="grid min-h-dvh content-center">
			<EmptyState
				heading="h1"
				picture={<CircleCheck aria-hidden="true" className="size-6 text-completed" />}
				title="Up to date"
				action={
					<Button asChild>
						<Link href={`/${team}/workflows/${slug}`}>Back to the workflow</Link>
					</Button>
				}
			>
				This workflow has the newest version of its template, or the template was unpublished.
			</EmptyState>
		</main>
	);
}
