import { StateIcon } from "@/components/ui/run-state/state-icon";
import type { RunEventData } from "@/server/runs/events";
import type { StepState } from "@/server/runs/state";
import { JsonTree } from "../../json/json-tree";
import { actorName } from "../describe-run";

/** The question an approval asks, while it is asked. */
export function approvalOf(step: StepState | undefined): Wait | null {
	return step?.phase.status === "waiting" && step.phase.wait.for === "approval" ? step.phase.wait : null;
}

export type Wait = Extract<RunEventData<"step.waiting">, { for: "approval" }>;

/** Who decided, when, and what they answered. */
export function StepDecision({ decided }: { decided: NonNullable<StepState["decision"]> }) {
	const approved = decided.decision === "approved";
	return (
		<div className="pb-1">
			<p className="flex items-center gap-2 px-4 pb-2 text-12">
				<StateIcon state={approved ? "completed" : "failed"} label="" />
				{approved ? "Approved" : "Declined"} by {actorName(decided.actor)}
			</p>
			{Object.keys(decided.values).length > 0 && <JsonTree value={decided.values} />}
		</div>
	);
}
