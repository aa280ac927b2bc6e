"use client";

import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { describeNode } from "@/components/canvas/drawing/describe-node";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/class-names";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { useEditor, useEditorStore } from "../../editor-store";
import { planFieldLabel, stepFieldLabel } from "../changes/field-text";
import { findFix } from "./fix-issue";

interface ProblemListProps {
	issues: readonly Issue[];
	onShow: (issue: Issue) => void;
}

/** What is wrong with the plan, a row each: a row leads to its place, and makes the likely correction. */
export function ProblemList({ issues, onShow }: ProblemListProps) {
	const selected = useEditor((state) => state.selection.nodes);
	const plan = useEditor((state) => state.plan);
	if (issues.length === 0) {
		return (
			<p className="flex h-8 items-center gap-2 px-4 text-ink-2">
				<CircleCheck aria-hidden="true" className="size-3.5 text-completed" />
				{plan.nodes.length === 0
					? "No steps yet. Problems will appear here."
					: "No problems. This draft can be published."}
			</p>
		);
	}
	return (
		<ul className="@container">
			{sortIssues(issues).map((issue) => (
				<Problem
					key={`${issue.nodeId} ${issue.field} ${issue.code} ${issue.message}`}
					issue={issue}
					plan={plan}
					isOn={issue.nodeId !== undefined && selected.includes(issue.nodeId)}
					onShow={() => onShow(issue)}
				/>
			))}
		</ul>
	);
}

/** Errors first: they keep the plan back. */
function sortIssues(issues: readonly Issue[]): Issue[] {
	return issues.toSorted((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

interface ProblemProps {
	issue: Issue;
	plan: Plan;
	isOn: boolean;
	onShow: () => void;
}

function Problem({ issue, plan, isOn, onShow }: ProblemProps) {
	const editor = useEditorStore();
	const { severity, message, nodeId, field } = issue;
	const isError = severity === "error";
	const Icon = isError ? CircleAlert : TriangleAlert;
	const node = plan.nodes.find(({ id }) => id === nodeId);
	const look = node && describeNode(node);
	const label = field && (node ? stepFieldLabel(node.type, field) : planFieldLabel(field));
	const fix = findFix(plan, issue);
	return (
		<li
			className={cn(
				"flex min-h-8 items-center border-line-soft border-b pr-4 last:border-0 hover:bg-fill phone:min-h-11",
				isOn && "bg-fill",
			)}
		>
			<button
				type="button"
				className="flex min-h-8 min-w-0 flex-1 items-center gap-2 pl-4 text-left phone:min-h-11"
				onClick={onShow}
			>
				<Icon
					aria-label={isError ? "Error" : "Warning"}
					className={cn("size-3.5 flex-none", isError ? "text-failed" : "text-retrying")}
				/>
				<span className="flex min-w-0 items-center gap-2 @max-lg:flex-col @max-lg:items-start @max-lg:gap-1 @max-lg:py-2">
					<span
						className="my-1 line-clamp-2 min-w-0 @max-lg:my-0 @max-lg:line-clamp-none @max-lg:[overflow-wrap:anywhere]"
						title={message}
					>
						{message}
					</span>
					{look && (
						<Chip className="max-w-50 flex-none @max-lg:max-w-full">
							<NodeIcon name={look.icon} />
							<span className="truncate">{look.title}</span>
						</Chip>
					)}
				</span>
				{label && <span className="flex-none text-12 text-ink-3 @max-lg:hidden">{label}</span>}
			</button>
			{fix && (
				<button
					type="button"
					className="ml-3 max-w-60 flex-none truncate font-medium text-12 text-accent hover:underline phone:min-h-11"
					onClick={() => editor.getState().apply(fix.label, (before) => findFix(before, issue)?.plan ?? before)}
				>
					{fix.label}
				</button>
			)}
		</li>
	);
}
