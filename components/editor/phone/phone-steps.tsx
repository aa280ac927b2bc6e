"use client";

import { ChevronRight, CircleAlert, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { useCanvas } from "@/components/canvas/canvas-store";
import { describeNode } from "@/components/canvas/drawing/describe-node";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { describeStep } from "@/components/canvas/run/describe-step";
import { BranchName, branchLabel } from "@/components/runs/phone/branch-name";
import { indentOf, PhoneConnectors } from "@/components/runs/phone/phone-connectors";
import { type PhoneRow, phoneRows } from "@/components/runs/phone/phone-rows";
import { cn } from "@/components/ui/class-names";
import { IconTile } from "@/components/ui/icon-tile";
import { countOf } from "@/server/nodes/summary-text";
import { indexPlan } from "@/server/plan/graph/index-plan";
import type { PlanNode } from "@/server/plan/plan";
import { useEditor, useEditorStore } from "../editor-store";
import { AddStepButton } from "./add-step-button";

const NOTHING_RAN = { steps: {} };

/** A draft as a list along one line, as its runs are shown; a row opens the step's form. */
export function PhoneSteps() {
	const plan = useEditor((state) => state.plan);
	const graph = useMemo(() => indexPlan(plan), [plan]);
	const rows = useMemo(() => phoneRows(graph, NOTHING_RAN), [graph]);
	return (
		<>
			<ol className="px-4 py-1">
				{rows.map((row, index) => {
					const node = graph.nodes.get(row.id)?.node;
					return (
						<li key={row.id} className="relative" style={indentOf(row)}>
							<PhoneConnectors row={row} first={index === 0} />
							{node && <PhoneStep row={row} node={node} />}
						</li>
					);
				})}
			</ol>
			<div className="px-4 pb-4">
				<AddStepButton after={rows.findLast(({ kind }) => kind === "main")?.id} />
			</div>
		</>
	);
}

function PhoneStep({ row, node }: { row: PhoneRow; node: PlanNode }) {
	const editor = useEditorStore();
	const look = describeNode(node);
	const problems = useCanvas((canvas) => canvas.problems[row.id]);
	return (
		<button
			type="button"
			className="relative grid min-h-11 w-full grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-3 text-left"
			onClick={() => editor.getState().select({ nodes: [row.id] })}
		>
			<span className="sr-only">
				{describeStep(look, undefined)}
				{problems && `, ${describeProblems(problems)}`}
				{branchLabel(row.branch)}
			</span>
			<span aria-hidden="true" className="z-10 mx-0.5 rounded-[5px] bg-panel">
				<IconTile category={look.category} size="small">
					<NodeIcon name={look.icon} />
				</IconTile>
			</span>
			<span aria-hidden="true" className="min-w-0">
				<span className="flex min-w-0 items-center gap-1.5">
					<BranchName name={row.branch} />
					<span className={cn("truncate font-medium", look.disabled && "text-ink-3 line-through")}>{look.title}</span>
				</span>
				<span className="block truncate font-mono text-[12px] text-ink-3 leading-4">{look.summary}</span>
			</span>
			<span aria-hidden="true" className="flex items-center gap-1.5 text-12 text-ink-3">
				{look.disabled && "disabled"}
				{problems && <ProblemMark {...problems} />}
				<ChevronRight className="size-4" />
			</span>
		</button>
	);
}

interface Problems {
	errors: number;
	warnings: number;
}

function ProblemMark({ errors, warnings }: Problems) {
	const Icon = errors > 0 ? CircleAlert : TriangleAlert;
	return (
		<span
			className={cn("flex items-center gap-1 font-medium tabular-nums", errors > 0 ? "text-failed" : "text-retrying")}
		>
			<Icon className="size-3.5" />
			{errors > 0 ? errors : warnings}
		</span>
	);
}

function describeProblems({ errors, warnings }: Problems): string {
	return errors > 0 ? countOf(errors, "problem") : countOf(warnings, "warning");
}
