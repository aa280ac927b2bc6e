"use client";

import { useEffect } from "react";
import { WorkflowDrawing } from "@/components/viewer/workflow-drawing";
import type { NodeId } from "@/server/plan/plan";
import type { Shared } from "./share-client";

interface SharedWorkflowScreenProps {
	workflow: Shared["workflow"];
	/** The step that was chosen before it was there. */
	chosen: NodeId | null;
	/** Called when it is there. */
	onShown: () => void;
}

/** The canvas of a shared workflow, with the settings of its steps as far as the link shows them. */
export function SharedWorkflowScreen({ workflow: { plan, name }, chosen, onShown }: SharedWorkflowScreenProps) {
	useEffect(onShown, [onShown]);
	return <WorkflowDrawing plan={plan} issues={[]} name={name} chosen={chosen} />;
}
