"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { RunsList } from "@/components/runs/runs-list";
import { useTRPC } from "@/components/trpc/client";
import type { Outputs } from "@/components/trpc/types";
import { Chip } from "@/components/ui/chip";
import { Skeleton } from "@/components/ui/skeleton";
import { TopBar } from "../shell/top-bar";
import { LoadError } from "../ui/load-error";
import { WorkflowActions } from "./workflow-actions";

const WorkflowDrawing = dynamic(() => import("./workflow-drawing").then((module) => module.WorkflowDrawing), {
	ssr: false,
	loading: () => <div className="h-full bg-canvas" />,
});

interface WorkflowPageProps {
	team: string;
	slug: string;
}

/** A workflow: its canvas, or its runs with `?tab=runs`. */
export function WorkflowPage({ team, slug }: WorkflowPageProps) {
	const trpc = useTRPC();
	const workflow = useQuery(trpc.workflows.get.queryOptions({ team, slug }));
	const tab = useSearchParams().get("tab") === "runs" ? "runs" : "workflow";
	if (workflow.error && !workflow.data) {
		return (
			<LoadError
				team={team}
				error={workflow.error}
				busy={workflow.isFetching}
				onRetry={() => void workflow.refetch()}
			/>
		);
	}
	return (
		<div className="grid h-dvh grid-rows-[48px_minmax(0,1fr)] overflow-hidden phone:grid-rows-[auto_minmax(0,1fr)]">
			{workflow.data ? (
				<Head team={team} workflow={workflow.data} tab={tab} />
			) : (
				<div role="status" aria-label="Loading the workflow" className="flex items-center border-line border-b px-4">
					<Skeleton className="w-60" />
				</div>
			)}
			{tab === "runs" ? (
				<RunsList team={team} slug={slug} />
			) : workflow.data ? (
				<WorkflowDrawing plan={workflow.data.plan} issues={workflow.data.issues} name={workflow.data.name} />
			) : (
				<div className="bg-canvas" />
			)}
		</div>
	);
}

interface HeadProps {
	team: string;
	workflow: Outputs["workflows"]["get"];
	tab: "workflow" | "runs";
}

function Head({ team, workflow, tab }: HeadProps) {
	return (
		<TopBar
			team={team}
			teamName={workflow.teamName}
			workflow={workflow}
			tab={tab}
			trail={
				<>
					<h1 className="sr-only">{workflow.name}</h1>
					<Chip tone="line" className="phone:hidden">
						{workflow.version === null ? "draft" : `v${workflow.version} published`}
					</Chip>
				</>
			}
			actions={<WorkflowActions team={team} workflow={workflow} />}
		/>
	);
}
