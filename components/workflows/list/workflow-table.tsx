"use client";

import { CircleAlert, Play } from "lucide-react";
import Link from "next/link";
import { useWhyNot } from "../../shell/why-not";
import { Avatar } from "../../ui/avatar";
import { Chip } from "../../ui/chip";
import { cn } from "../../ui/class-names";
import { formatShare } from "../../ui/format/format-number";
import { formatDuration } from "../../ui/format/format-time";
import { GuardedIconButton } from "../../ui/guarded";
import { RelativeTime } from "../../ui/relative-time";
import { runLook } from "../../ui/run-state/run-look";
import { RunTicks } from "../../ui/run-state/run-ticks";
import { StateIcon } from "../../ui/run-state/state-icon";
import { Cell, HeadCell, Row, Table } from "../../ui/table";
import { TriggerIcons } from "./trigger-icons";
import { isLive, ticksOf, type WorkflowItem } from "./workflow-item";
import { WorkflowMenu } from "./workflow-menu";

export interface WorkflowRowsProps {
	team: string;
	workflows: readonly WorkflowItem[];
	archived: boolean;
	onRun: (workflow: WorkflowItem) => void;
}

/** A share of successes below this is worth a look. */
const LOW_SHARE = 0.8;

export function WorkflowTable(props: WorkflowRowsProps) {
	return (
		<Table className="phone:hidden">
			<WorkflowTableHead />
			<tbody>
				{props.workflows.map((workflow) => (
					<WorkflowRow key={workflow.id} workflow={workflow} {...props} />
				))}
			</tbody>
		</Table>
	);
}

export function WorkflowTableHead() {
	return (
		<thead>
			<tr>
				<HeadCell>Name</HeadCell>
				<HeadCell className="hidden w-[88px] xl:table-cell">Triggers</HeadCell>
				<HeadCell className="hidden w-[168px] lg:table-cell">Last 20 runs</HeadCell>
				<HeadCell numeric className="hidden w-[84px] xl:table-cell">
					Succeeded
				</HeadCell>
				<HeadCell numeric className="hidden w-[96px] xl:table-cell">
					Median
				</HeadCell>
				<HeadCell className="w-[144px] pl-7">Last run</HeadCell>
				<HeadCell className="hidden w-[132px] lg:table-cell">Edited</HeadCell>
				<HeadCell className="hidden w-16 xl:table-cell">Version</HeadCell>
				<HeadCell className="w-[84px]">
					<span className="sr-only">Actions</span>
				</HeadCell>
			</tr>
		</thead>
	);
}

function WorkflowRow({ team, workflow, archived, onRun }: WorkflowRowsProps & { workflow: WorkflowItem }) {
	const { succeeded, medianMs } = workflow;
	const whyNotRun = useWhyNot("run:start");
	return (
		<Row live={isLive(workflow)} className="relative">
			<Cell tall>
				<WorkflowName team={team} workflow={workflow} />
				<WorkflowLine workflow={workflow} />
			</Cell>
			<Cell tall className="hidden xl:table-cell">
				<TriggerIcons types={workflow.triggers} />
			</Cell>
			<Cell tall className="hidden lg:table-cell">
				<RunTicks ticks={ticksOf(workflow)} />
			</Cell>
			<Cell
				tall
				numeric
				className={cn("hidden xl:table-cell", (succeeded ?? 1) < LOW_SHARE ? "text-retrying" : "text-ink-2")}
			>
				{succeeded === null ? "–" : formatShare(succeeded)}
			</Cell>
			<Cell tall numeric className="hidden text-ink-2 xl:table-cell">
				{medianMs === null ? "–" : formatDuration(medianMs)}
			</Cell>
			<Cell tall className="pl-7">
				<LastRun team={team} workflow={workflow} />
			</Cell>
			<Cell tall className="hidden lg:table-cell">
				<Edited workflow={workflow} />
			</Cell>
			<Cell tall className="hidden text-ink-2 tabular-nums xl:table-cell">
				{workflow.version === null ? "–" : `v${workflow.version}`}
			</Cell>
			<Cell tall className="overflow-visible">
				<span className="relative flex justify-end gap-1 opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 [@media(hover:none)]:opacity-100">
					{!archived && workflow.version !== null && (
						<GuardedIconButton
							label={`Run ${workflow.name}`}
							size="panel"
							whyNot={whyNotRun}
							onClick={() => onRun(workflow)}
						>
							<Play />
						</GuardedIconButton>
					)}
					<WorkflowMenu team={team} workflow={workflow} archived={archived} onRun={() => onRun(workflow)} />
				</span>
			</Cell>
		</Row>
	);
}

/** What stands under the name: its description, or why it cannot be read and what to do. */
function WorkflowLine({ workflow: { description, unreadable } }: { workflow: WorkflowItem }) {
	return (
		<div
			className={cn("truncate text-12", unreadable === null ? "text-ink-3" : "text-failed")}
			title={unreadable ?? description ?? undefined}
		>
			{unreadable ?? description}
		</div>
	);
}

/** The name is the row's link: the whole row leads where it leads. */
export function WorkflowName({ team, workflow }: { team: string; workflow: WorkflowItem }) {
	const { name, slug, version, draftProblems, lastRun } = workflow;
	return (
		<div className="flex h-[18px] items-center gap-1.5">
			<Link
				href={`/${team}/workflows/${slug}`}
				title={name}
				className="min-w-0 truncate font-medium leading-[18px] after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
			>
				{name}
			</Link>
			{version === null && <Chip className="h-[18px]">Draft</Chip>}
			{version !== null && lastRun === null && (
				<Chip tone="accent" className="h-[18px]">
					ready to run
				</Chip>
			)}
			{draftProblems > 0 && (
				<Chip
					tone="bad"
					className="h-[18px]"
					title={draftProblems === 1 ? "The draft has a problem" : `The draft has ${draftProblems} problems`}
				>
					<CircleAlert aria-hidden="true" />
					{draftProblems}
					<span className="sr-only">{draftProblems === 1 ? "problem" : "problems"}</span>
				</Chip>
			)}
		</div>
	);
}

/** When the draft was last changed, and by whom. */
function Edited({ workflow: { editedAt, editedBy } }: { workflow: WorkflowItem }) {
	return (
		<span
			className="relative flex items-center gap-1.5 text-ink-2"
			title={editedBy ? `by ${editedBy.name}` : undefined}
		>
			{editedBy && <Avatar name={editedBy.name} size="small" />}
			<RelativeTime at={editedAt} className="truncate" />
			{editedBy && <span className="sr-only">by {editedBy.name}</span>}
		</span>
	);
}

function LastRun({ team, workflow }: { team: string; workflow: WorkflowItem }) {
	const { lastRun, slug } = workflow;
	if (!lastRun) return <span className="text-ink-2">never</span>;
	return (
		<Link
			href={`/${team}/workflows/${slug}/runs/${lastRun.number}`}
			title={lastRun.isTest ? `Run ${lastRun.number}, a test of the draft` : `Run ${lastRun.number}`}
			className="relative inline-flex max-w-full items-center gap-1.5 rounded-1 align-middle text-ink-2 hover:text-ink hover:underline"
		>
			<StateIcon state={runLook(lastRun.status)} />
			{lastRun.isTest && <span className="text-ink-3">test</span>}
			<RelativeTime at={lastRun.at} className="truncate" />
		</Link>
	);
}
