"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { ProblemRows } from "@/components/editor/panels/problems/problem-rows";
import { Badge } from "@/components/ui/chip";
import { IconButton } from "@/components/ui/icon-button";
import type { Issue } from "@/server/plan/issue";
import type { NodeId, Plan } from "@/server/plan/plan";

interface ProblemsStripProps {
	plan: Plan;
	issues: readonly Issue[];
	selected: NodeId | null;
	onSelect: (id: NodeId) => void;
}

/** What is wrong with a plan under its canvas; a row leads to its step. */
export function ProblemsStrip({ plan, issues, selected, onSelect }: ProblemsStripProps) {
	const [open, setOpen] = useState(true);
	const linkOf = ({ nodeId }: Issue) => {
		const node = plan.nodes.find(({ id }) => id === nodeId);
		return node && (() => onSelect(node.id));
	};
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
				<div className="max-h-48 overflow-y-auto">
					<ProblemRows issues={issues} plan={plan} selected={selected === null ? [] : [selected]} linkOf={linkOf} />
				</div>
			)}
		</section>
	);
}
