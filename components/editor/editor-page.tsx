"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useCurrentSegment, WORKFLOW_SEGMENT } from "@/components/shell/use-current-segment";
import { useWhyNot } from "@/components/shell/why-not";
import { useTRPC } from "@/components/trpc/client";
import { LoadError } from "@/components/ui/load-error";
import { Skeleton } from "@/components/ui/skeleton";
import { Editor } from "./editor";

const WorkflowPage = dynamic(() => import("@/components/viewer/workflow-page").then((page) => page.WorkflowPage), {
	loading: () => <Loading />,
});

interface EditorPageProps {
	team: string;
	slug: string;
}

/** A workflow's page: the editor for those who may draw it, else the canvas to look at. */
export function EditorPage({ team, slug }: EditorPageProps) {
	const trpc = useTRPC();
	const draft = useQuery(
		trpc.workflows.draft.queryOptions(
			{ team, slug },
			{ staleTime: Number.POSITIVE_INFINITY, refetchOnMount: "always" },
		),
	);
	useCurrentSegment({ index: WORKFLOW_SEGMENT, asked: slug, current: draft.data?.slug });
	const reads = useWhyNot("workflow:edit") !== undefined;
	if (draft.data) {
		const { canEdit, archivedAt, id } = draft.data;
		if (reads || !canEdit || archivedAt !== null) return <WorkflowPage team={team} slug={slug} />;
		return <Editor key={id} team={team} draft={draft.data} />;
	}
	if (!draft.error) return <Loading />;
	return <LoadError team={team} error={draft.error} busy={draft.isFetching} onRetry={() => void draft.refetch()} />;
}

function Loading() {
	return (
		<div className="grid h-dvh grid-rows-[48px_minmax(0,1fr)]">
			<div role="status" aria-label="Loading the workflow" className="flex items-center border-line border-b px-4">
				<Skeleton className="w-60" />
			</div>
			<div className="bg-canvas" />
		</div>
	);
}
