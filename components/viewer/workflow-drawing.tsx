"use client";

import { useMemo, useState } from "react";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import type { Issue } from "@/server/plan/issue";
import type { NodeId, Plan } from "@/server/plan/plan";
import { countProblems } from "../canvas/count-problems";
import { drawPlan } from "../canvas/drawing/draw-plan";
import { PlanCanvas } from "../canvas/plan-canvas";
import { useStoredSize } from "../ui/hooks/use-stored-size";
import { ResizeHandle } from "../ui/resize-handle";
import { Inspector } from "./inspector";
import { ProblemsStrip } from "./problems-strip";

const INSPECTOR = { start: 320, min: 288, max: () => Math.min(520, Math.floor(innerWidth / 2)) };

interface WorkflowDrawingProps {
	plan: Plan;
	issues: readonly Issue[];
	name: string;
	/** The step that is chosen at first. */
	chosen?: NodeId | null;
}

/** A plan on its canvas with its problems, and the settings of the chosen step. */
export function WorkflowDrawing({ plan, issues, name, chosen = null }: WorkflowDrawingProps) {
	const drawing = useMemo(() => drawPlan(plan), [plan]);
	const problems = useMemo(() => countProblems(issues), [issues]);
	const [selected, setSelected] = useState(chosen);
	const [width, setWidth] = useStoredSize("inspector", INSPECTOR);
	const phone = useIsPhone();
	const nodeLayout = selected === null ? undefined : drawing.layout.nodes.get(selected);
	return (
		<div
			className="grid min-h-0"
			style={{ gridTemplateColumns: nodeLayout && !phone ? `minmax(0, 1fr) min(${width}px, 50%)` : "minmax(0, 1fr)" }}
		>
			<main className="grid min-h-0 min-w-0 grid-rows-[minmax(0,1fr)_auto]">
				<PlanCanvas
					drawing={drawing}
					run={null}
					selected={selected}
					problems={problems}
					onSelect={setSelected}
					label={`Canvas of ${name}`}
				/>
				{issues.length > 0 && <ProblemsStrip plan={plan} issues={issues} selected={selected} onSelect={setSelected} />}
			</main>
			{nodeLayout && (
				<aside
					aria-label="Step"
					className="relative min-h-0 min-w-0 border-line border-l bg-panel phone:fixed phone:inset-0 phone:z-30"
				>
					{!phone && <ResizeHandle label="Width of the step" edge="left" size={width} onResize={setWidth} />}
					<Inspector
						key={nodeLayout.node.id}
						nodeLayout={nodeLayout}
						issues={issues.filter((issue) => issue.nodeId === nodeLayout.node.id)}
						onClose={() => setSelected(null)}
					/>
				</aside>
			)}
		</div>
	);
}
