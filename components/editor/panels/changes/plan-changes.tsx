"use client";

import type { ReactNode } from "react";
import { countOf } from "@/server/nodes/summary-text";
import type { Plan } from "@/server/plan/plan";
import { ChangeDetails } from "./change-details";
import { ChangeList } from "./change-list";
import type { PlanChange } from "./list-changes";
import { MarkedCanvas } from "./marked-canvas";
import { useComparison } from "./use-comparison";

interface PlanChangesProps {
	before: Plan;
	after: Plan;
	/** Both as text, in place of the canvas. */
	text?: ReactNode;
	/** Undefined where what changed cannot be taken back any more. */
	onUndo?: ((change: PlanChange) => void) | undefined;
}

/** What changed between two plans: a list, both on one canvas, and the chosen change in full where there is room. */
export function PlanChanges({ before, after, text, onUndo }: PlanChangesProps) {
	const { changes, marks, moved, current, select, selectNode, step } = useComparison(before, after);
	return (
		<div className="@container h-full min-h-0">
			<div className="grid h-full min-h-0 @5xl:grid-cols-[240px_minmax(0,1fr)_auto] grid-cols-[200px_minmax(0,1fr)_auto] phone:grid-cols-1 phone:grid-rows-[160px_minmax(0,1fr)_auto]">
				<aside
					aria-label="Changes"
					className="min-h-0 overflow-y-auto border-line border-r bg-panel phone:order-last phone:max-h-60"
				>
					<ChangeList title="Changes" changes={changes} selected={current?.key} onSelect={select} />
					{changes.length === 0 && <p className="px-4 pb-3 text-12 text-ink-3">Both do the same.</p>}
					{moved > 0 && <MovedOnly steps={moved} />}
				</aside>
				<div className="min-h-0 min-w-0">
					{text ?? (
						<MarkedCanvas
							before={before}
							after={after}
							marks={marks}
							selected={current?.of === "node" ? current.id : null}
							onSelect={selectNode}
							label="Both versions"
						/>
					)}
				</div>
				{current && (
					<div className="grid @5xl:w-80 w-72 min-w-0 not-phone:@max-3xl:hidden phone:w-auto">
						<ChangeDetails
							change={current}
							before={before}
							after={after}
							onStep={step}
							{...(onUndo && { onUndo: () => onUndo(current) })}
						/>
					</div>
				)}
			</div>
		</div>
	);
}

/** How many steps only stand elsewhere. */
function MovedOnly({ steps }: { steps: number }) {
	const isOne = steps === 1;
	return (
		<section className="px-4 pt-3 pb-4 text-12 text-ink-3">
			<h3 className="flex h-8 items-center font-semibold text-ink">Moved only</h3>
			{countOf(steps, "step")} {isOne ? "stands" : "stand"} elsewhere. Moving is no new version: the canvas shows where{" "}
			{isOne ? "it is" : "they are"} now.
		</section>
	);
}
