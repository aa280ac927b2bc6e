"use client";

import { CircleAlert, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { useCanvas } from "@/components/canvas/canvas-store";
import { describeNode } from "@/components/canvas/drawing/describe-node";
import { NOTHING_RAN, PhonePlanStep } from "@/components/runs/phone/phone-plan-step";
import { type PhoneRow, phoneRows } from "@/components/runs/phone/phone-rows";
import { cn } from "@/components/ui/class-names";
import { countOf } from "@/server/nodes/summary-text";
import { indexPlan } from "@/server/plan/graph/index-plan";
import type { PlanNode } from "@/server/plan/plan";
import { useEditor, useEditorStore } from "../editor-store";
import { AddStepButton } from "./add-step-button";
import { DescribeStepsButton } from "./describe-steps-button";

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
					return node && <PhoneStep key={row.id} row={row} node={node} isFirst={index === 0} />;
				})}
			</ol>
			<div className="flex flex-wrap gap-2 px-4 pb-4">
				<AddStepButton after={rows.findLast(({ kind }) => kind === "main")?.id} />
				<DescribeStepsButton />
			</div>
		</>
	);
}

interface PhoneStepProps {
	row: PhoneRow;
	node: PlanNode;
	isFirst: boolean;
}

function PhoneStep({ row, node, isFirst }: PhoneStepProps) {
	const editor = useEditorStore();
	const problems = useCanvas((canvas) => canvas.problems[row.id]);
	return (
		<PhonePlanStep
			row={row}
			isFirst={isFirst}
			look={describeNode(node)}
			said={problems && describeProblems(problems)}
			mark={problems && <ProblemMark {...problems} />}
			onOpen={() => editor.getState().select({ nodes: [row.id] })}
		/>
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
