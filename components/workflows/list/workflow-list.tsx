"use client";

import Link from "next/link";
import { formatDuration } from "../../ui/format/format-time";
import { RelativeTime } from "../../ui/relative-time";
import { RUN_LOOK_LABELS, runLook } from "../../ui/run-state/run-look";
import { StateIcon } from "../../ui/run-state/state-icon";
import { isLive, type WorkflowItem } from "./workflow-item";
import { WorkflowMenu } from "./workflow-menu";
import type { WorkflowRowsProps } from "./workflow-table";

/** The table's place below 640 px: two lines each. */
export function WorkflowList(props: WorkflowRowsProps) {
	return (
		<ul className="hidden phone:block">
			{props.workflows.map((workflow) => (
				<WorkflowListItem key={workflow.id} workflow={workflow} {...props} />
			))}
		</ul>
	);
}

function WorkflowListItem({ team, workflow, archived, onRun }: WorkflowRowsProps & { workflow: WorkflowItem }) {
	const { name, slug, lastRun, medianMs } = workflow;
	return (
		<li
			className={`relative flex h-16 items-center gap-3 border-line-soft border-b pr-1 pl-4 ${
				isLive(workflow) ? "bg-[color-mix(in_srgb,var(--running-soft)_42%,transparent)]" : ""
			}`}
		>
			{lastRun ? (
				<StateIcon state={runLook(lastRun.status)} className="size-5" />
			) : (
				<StateIcon state="queued" label="Never run" className="size-5" />
			)}
			<div className="grid min-w-0 flex-1 gap-0.5">
				<Link
					href={`/${team}/workflows/${slug}`}
					className="truncate font-medium after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
				>
					{name}
				</Link>
				<span className="truncate text-12 text-ink-2 leading-[18px]">
					<WorkflowState workflow={workflow} />
				</span>
			</div>
			{medianMs !== null && <span className="text-12 text-ink-2 tabular-nums">{formatDuration(medianMs)}</span>}
			<span className="relative">
				<WorkflowMenu team={team} workflow={workflow} archived={archived} onRun={() => onRun(workflow)} />
			</span>
		</li>
	);
}

function WorkflowState({
	workflow: { lastRun, version, draftProblems, unreadable, editedAt },
}: {
	workflow: WorkflowItem;
}) {
	if (unreadable !== null) return <span className="text-failed">{unreadable}</span>;
	if (lastRun) {
		return (
			<>
				{RUN_LOOK_LABELS[runLook(lastRun.status)]} · {lastRun.isTest && "test, "}
				<RelativeTime at={lastRun.at} />
			</>
		);
	}
	return (
		<>
			{describeState(version, draftProblems)} · edited <RelativeTime at={editedAt} />
		</>
	);
}

function describeState(version: number | null, draftProblems: number): string {
	if (version !== null) return "Ready to run";
	return draftProblems > 0 ? `Draft, ${draftProblems} to fix` : "Draft";
}
