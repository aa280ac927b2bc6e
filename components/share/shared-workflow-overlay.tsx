"use client";

import { useMemo } from "react";
import { drawPlan } from "@/components/canvas/drawing/draw-plan";
import { CloseDrawing, FullScreen } from "@/components/canvas/phone-drawing";
import { PlanCanvas } from "@/components/canvas/plan-canvas";
import { useBackCloses } from "@/components/ui/hooks/use-back-closes";
import { Inspector } from "@/components/viewer/inspector";
import type { NodeId } from "@/server/plan/plan";
import type { Shared } from "./share-client";

interface SharedWorkflowOverlayProps {
	workflow: Shared["workflow"];
	/** Whose settings are shown. */
	chosen: NodeId | null;
	isDrawing: boolean;
	onChoose: (id: NodeId | null) => void;
	onCloseDrawing: () => void;
}

/** What lies over the page of a shared workflow on a phone: its drawing, and over that the settings of a step. */
export function SharedWorkflowOverlay({ workflow, chosen, isDrawing, ...does }: SharedWorkflowOverlayProps) {
	const drawing = useMemo(() => drawPlan(workflow.plan), [workflow.plan]);
	const nodeLayout = chosen === null ? undefined : drawing.layout.nodes.get(chosen);
	const close = () => does.onChoose(null);
	useBackCloses(isDrawing, does.onCloseDrawing);
	useBackCloses(nodeLayout !== undefined, close);
	return (
		<>
			{isDrawing && (
				<FullScreen>
					<PlanCanvas
						drawing={drawing}
						run={null}
						selected={chosen}
						onSelect={does.onChoose}
						label={`Canvas of ${workflow.name}`}
					/>
					<CloseDrawing onClose={does.onCloseDrawing} />
				</FullScreen>
			)}
			{nodeLayout && (
				<aside aria-label="Step" className="fixed inset-0 z-40 bg-panel">
					<Inspector key={nodeLayout.node.id} nodeLayout={nodeLayout} issues={[]} onClose={close} />
				</aside>
			)}
		</>
	);
}
