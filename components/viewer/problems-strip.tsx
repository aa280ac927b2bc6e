"use client";

import { ChevronDown, ChevronUp, CircleAlert, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Badge, Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import type { Issue } from "@/server/plan/issue";
import type { NodeId } from "@/server/plan/plan";
import type { Drawing } from "../canvas/drawing/draw-plan";
import { NodeIcon } from "../canvas/nodes/node-icon";

interface ProblemsStripProps {
	drawing: Drawing;
	issues: readonly Issue[];
	selected: NodeId | null;
	onSelect: (id: NodeId) => void;
}

/** What is wrong with a plan, one row each; a row leads to its step. */
export function ProblemsStrip({ drawing, issues, selected, onSelect }: ProblemsStripProps) {
	const [open, setOpen] = useState(true);
	return (
		<section aria-label="Problems" className="border-line border-t bg-panel">
			<h2 className="flex h-[34px] items-center gap-1.5 border-line border-b px-4 font-medium text-12">
				Problems
				<Badge tone="bad">{issues.length}</Badge>
				<IconButton
					label={open ? "Hide the problems" : "Show the problems"}
					size="panel"
					className="-mr-2 ml-auto"
					onClick={() => setOpen(!open)}
				>
					{open ? <ChevronDown /> : <ChevronUp />}
				</IconButton>
			</h2>
			{open && (
				<ul className="max-h-48 overflow-y-auto">
					{issues.map((issue) => (
						<li
							key={`${issue.nodeId}${issue.field}${issue.message}`}
							className="border-line-soft border-b last:border-0"
						>
							<Problem
								issue={issue}
								drawing={drawing}
								on={issue.nodeId !== undefined && issue.nodeId === selected}
								onSelect={onSelect}
							/>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

interface ProblemProps {
	issue: Issue;
	drawing: Drawing;
	on: boolean;
	onSelect: (id: NodeId) => void;
}

function Problem({ issue, drawing, on, onSelect }: ProblemProps) {
	const { nodeId, severity, message } = issue;
	const nodeLayout = nodeId === undefined ? undefined : drawing.layout.nodes.get(nodeId);
	const Icon = severity === "error" ? CircleAlert : TriangleAlert;
	return (
		<button
			type="button"
			disabled={!nodeLayout}
			className={cn(
				"flex min-h-8 w-full min-w-0 items-center gap-2 px-4 text-left enabled:hover:bg-fill phone:min-h-11",
				on && "bg-fill",
			)}
			onClick={() => nodeLayout && onSelect(nodeLayout.node.id)}
		>
			<Icon
				aria-label={severity === "error" ? "Error" : "Warning"}
				className={cn("size-3.5 flex-none", severity === "error" ? "text-failed" : "text-retrying")}
			/>
			<span className="min-w-0 truncate phone:whitespace-normal phone:py-2" title={message}>
				{message}
			</span>
			{nodeLayout && (
				<Chip className="flex-none">
					<NodeIcon name={nodeLayout.look.icon} />
					{nodeLayout.look.title}
				</Chip>
			)}
		</button>
	);
}
