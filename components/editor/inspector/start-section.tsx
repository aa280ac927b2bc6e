"use client";

import { Segmented } from "@/components/ui/forms/segmented";
import { PanelSection } from "@/components/ui/panel-section";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import type { PlanNode } from "@/server/plan/plan";
import { useEditor, useEditorStore } from "../editor-store";
import { useNode, useNodeId } from "./node-fields";

const JOINS = [
	{ value: "all", label: "All of them" },
	{ value: "any", label: "The first" },
] as const satisfies readonly { value: PlanNode["join"]; label: string }[];

/** Where several branches meet: whether the step waits for all of them. */
export function StartSection() {
	const id = useNodeId();
	const store = useEditorStore();
	const join = useNode<PlanNode["join"]>((node) => node.join, "all");
	const branches = useEditor(({ plan }) => plan.edges.filter(({ to }) => to === id).length);
	if (branches < 2 && join === "all") return null;
	return (
		<PanelSection title="When it starts" end={join === "all" ? "after all branches" : "after the first branch"}>
			<div className="grid gap-1 px-4 pb-4">
				<Segmented
					aria-label="Branches to wait for"
					full
					className="h-(--h-field)"
					value={join}
					options={JOINS}
					onChange={(chosen) =>
						store.getState().apply("Change when it starts", (plan) => setNodeFields(plan, [id], { join: chosen }))
					}
				/>
				<span className="text-12 text-ink-3">
					{join === "all"
						? "Waits for every branch that is still running."
						: "Starts with the first branch that finishes; later ones do not start it again."}
				</span>
			</div>
		</PanelSection>
	);
}
