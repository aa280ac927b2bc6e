"use client";

import { useReactFlow } from "@xyflow/react";
import { useEffect, useMemo } from "react";
import { motion } from "@/components/canvas/motion";
import type { Plan } from "@/server/plan/plan";
import { FIT } from "../canvas/fit";
import { useSessionState } from "../editor-session";
import { useEditor } from "../editor-store";
import { markChanges } from "../panels/changes/draw-marks";
import { listChanges } from "../panels/changes/list-changes";
import { MarkedCanvas } from "../panels/changes/marked-canvas";

/** Over the canvas while described changes wait to be kept: the draft with them, marked. */
export function ProposedDrawing() {
	const proposed = useSessionState((state) => state.proposed);
	return proposed && <Proposed after={proposed} />;
}

function Proposed({ after }: { after: Plan }) {
	const before = useEditor(({ plan }) => plan);
	const marks = useMemo(() => markChanges(before, after, listChanges(before, after)), [before, after]);
	return (
		<div className="absolute inset-0 z-10 bg-canvas">
			<MarkedCanvas
				before={before}
				after={after}
				marks={marks}
				selected={null}
				onSelect={() => {}}
				label="What was described, not kept yet"
			>
				<FitGrowing count={after.nodes.length} />
			</MarkedCanvas>
		</div>
	);
}

/** What is drawn next is in view, too. */
function FitGrowing({ count }: { count: number }) {
	const flow = useReactFlow();
	// biome-ignore lint/correctness/useExhaustiveDependencies: with each step that comes
	useEffect(() => {
		const frame = requestAnimationFrame(() => void flow.fitView({ ...FIT, ...motion(200) }));
		return () => cancelAnimationFrame(frame);
	}, [flow, count]);
	return null;
}
