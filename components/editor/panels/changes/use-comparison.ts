import { useMemo, useState } from "react";
import { diffPlans } from "@/server/plan/merge/diff-plan";
import type { NodeId, Plan } from "@/server/plan/plan";
import { markChanges } from "./draw-marks";
import { listChanges, type PlanChange } from "./list-changes";

/** Two plans side by side, and the change that is looked at. */
export function useComparison(before: Plan, after: Plan) {
	const changes = useMemo(() => listChanges(before, after), [before, after]);
	const marks = useMemo(() => markChanges(before, after, changes), [before, after, changes]);
	const moved = useMemo(() => diffPlans(before, after).nodes.moved.length, [before, after]);
	const [key, setKey] = useState<string>();
	const at = Math.max(
		0,
		changes.findIndex((change) => change.key === key),
	);
	const current: PlanChange | undefined = changes[at];
	return {
		changes,
		marks,
		moved,
		current,
		select: (change: PlanChange) => setKey(change.key),
		selectNode: (id: NodeId | null) => {
			const change = changes.find(({ of, id: about }) => of === "node" && about === id);
			if (change) setKey(change.key);
		},
		step: (by: 1 | -1) => setKey(changes[(at + by + changes.length) % changes.length]?.key),
	};
}
