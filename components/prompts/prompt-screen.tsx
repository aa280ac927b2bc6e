"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { errorText, httpStatus } from "../trpc/error-text";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { SkeletonRows } from "../ui/skeleton";
import { PromptWorkbench } from "./prompt-workbench";

/** One prompt: to be written, previewed, tested and compared. */
export function PromptScreen({ name }: { name: string }) {
	const { team } = useViewer();
	const prompt = useQuery(
		useTRPC().prompts.get.queryOptions(
			{ team: team.slug, prompt: name },
			{
				staleTime: 0,
				placeholderData: keepPreviousData,
				retry: (count, error) => httpStatus(error) !== 404 && count < 2,
			},
		),
	);
	if (prompt.data) return <PromptWorkbench key={prompt.data.name} team={team.slug} prompt={prompt.data} />;
	return (
		<div className="min-w-0 flex-1">
			{prompt.isPending && <SkeletonRows rows={12} rowClassName="h-6" label="Loading the prompt" />}
			{prompt.error && httpStatus(prompt.error) === 404 && (
				<EmptyState
					title="No such prompt"
					className="pt-20"
					action={
						<Button asChild>
							<Link href={`/${team.slug}/prompts`}>All prompts</Link>
						</Button>
					}
				>
					{errorText(prompt.error)}
				</EmptyState>
			)}
			{prompt.error && httpStatus(prompt.error) !== 404 && (
				<ErrorRow onRetry={() => void prompt.refetch()} busy={prompt.isFetching}>
					{errorText(prompt.error)}
				</ErrorRow>
			)}
		</div>
	);
}
