"use client";

import "./marked-canvas.css";
import { Panel, ViewportPortal } from "@xyflow/react";
import { type ReactNode, useMemo } from "react";
import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import { TRIGGER_ID } from "@/components/canvas/drawing/edge-ends";
import type { Rect } from "@/components/canvas/drawing/geometry";
import { PlanCanvas } from "@/components/canvas/plan-canvas";
import { cn } from "@/components/ui/class-names";
import type { NodeId, Plan } from "@/server/plan/plan";
import { MARK_COLOURS, MARK_ICONS } from "./change-mark";
import { drawMarks, type NodeMark, type PlanMarks } from "./draw-marks";

interface MarkedCanvasProps {
	before: Plan;
	after: Plan;
	marks: PlanMarks;
	selected: NodeId | null;
	onSelect: (id: NodeId | null) => void;
	label: string;
	/** Drawn over both, inside React Flow. */
	children?: ReactNode;
}

/** Two plans on one canvas, to be looked at: what is new, changed, gone or contradicts is marked. */
export function MarkedCanvas({ before, after, marks, selected, onSelect, label, children }: MarkedCanvasProps) {
	const drawing = useMemo(() => drawMarks(before, after, marks), [before, after, marks]);
	return (
		<PlanCanvas drawing={drawing} run={null} selected={selected} onSelect={onSelect} label={label} minimap={false}>
			<ViewportPortal>
				{[...marks.nodes].map(([id, mark]) => (
					<Mark key={id} mark={mark} rect={rectOf(drawing, id)} />
				))}
			</ViewportPortal>
			<Legend marks={marks} />
			{children}
		</PlanCanvas>
	);
}

function rectOf({ layout }: Drawing, id: string): Rect | undefined {
	return id === TRIGGER_ID ? layout.trigger.rect : layout.nodes.get(id)?.rect;
}

function Mark({ mark, rect }: { mark: NodeMark; rect: Rect | undefined }) {
	if (!rect) return null;
	const Icon = MARK_ICONS[mark.kind];
	return (
		<div className="mark" data-kind={mark.kind} style={{ left: rect.x + rect.width - 11, top: rect.y }}>
			<span className="badge" data-wide="">
				<Icon aria-hidden="true" />
				{mark.word}
			</span>
		</div>
	);
}

const LEGEND = [
	{ kind: "added", word: "added" },
	{ kind: "changed", word: "changed" },
	{ kind: "removed", word: "removed" },
	{ kind: "conflict", word: "in conflict" },
] as const;

function Legend({ marks }: { marks: PlanMarks }) {
	const all = [...marks.nodes.values()];
	const counts = LEGEND.map((entry) => ({ ...entry, count: all.filter(({ kind }) => kind === entry.kind).length }));
	const shown = counts.filter(({ count }) => count > 0);
	if (shown.length === 0) return null;
	return (
		<Panel position="bottom-right" className="m-3! phone:hidden">
			<ul className="flex h-[34px] items-center gap-4 rounded-3 border border-line bg-panel px-3 text-12 shadow-1">
				{shown.map(({ kind, word, count }) => {
					const Icon = MARK_ICONS[kind];
					return (
						<li key={kind} className={cn("flex items-center gap-1.5 tabular-nums", MARK_COLOURS[kind])}>
							<Icon aria-hidden="true" className="size-3" strokeWidth={2.25} />
							{count} {word}
						</li>
					);
				})}
			</ul>
		</Panel>
	);
}
