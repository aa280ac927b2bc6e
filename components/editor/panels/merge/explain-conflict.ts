import type { MergeConflict, Side } from "@/server/plan/merge/merge-conflict";
import type { Edge, Plan } from "@/server/plan/plan";
import { formatValue, planFieldLabel, stepFieldLabel } from "../changes/field-text";
import type { ConflictGroup } from "./merge-drafts";

/** A question with two answers, as a card of the merge asks it. */
export interface Question {
	id: string;
	label: string;
	/** What it was before both changed it; undefined where the base tells nothing. */
	was: string | undefined;
	answers: Readonly<Record<Side, string>>;
}

interface Plans {
	base: Plan;
	mine: Plan;
	theirs: Plan;
}

/** What the conflicts of one card are about. */
export function titleOfGroup({ nodeId, conflicts }: ConflictGroup, plans: Plans): string {
	if (nodeId !== undefined) return stepNamed(nodeId, plans)?.name ?? nodeId;
	const [first] = conflicts;
	if (!first || first.kind === "circle") return "Connections in a cycle";
	if (first.of === "input") return `Input ${first.itemId}`;
	return first.of === "note" ? "Note" : "Workflow";
}

export function describeConflict(conflict: MergeConflict, plans: Plans): Question {
	const { id } = conflict;
	switch (conflict.kind) {
		case "field": {
			const { field, base } = conflict;
			const textOf = (value: unknown) => describeValue(value, field, plans);
			const answers = { mine: textOf(conflict.mine), theirs: textOf(conflict.theirs) };
			return { id, label: labelOf(conflict, plans), was: `was ${textOf(base)}`, answers };
		}
		case "removal": {
			const [kept, removed] = ["Keep it", "Remove it"];
			const isMine = conflict.removedBy === "mine";
			const answers = { mine: isMine ? removed : kept, theirs: isMine ? kept : removed };
			return { id, label: "One removed it, one changed it", was: undefined, answers };
		}
		case "circle": {
			const textOf = (edges: readonly Edge[]) => edges.map((edge) => describeEdge(edge, plans)).join(", ");
			const answers = { mine: textOf(conflict.mine), theirs: textOf(conflict.theirs) };
			return { id, label: "Together they form a cycle", was: undefined, answers };
		}
	}
}

function labelOf({ of, itemId, field }: Extract<MergeConflict, { kind: "field" }>, plans: Plans): string {
	return of === "node" ? stepFieldLabel(stepNamed(itemId, plans)?.type ?? "", field) : planFieldLabel(field);
}

/** Texts stay as they are written: the difference may be in the last line. */
function describeValue(value: unknown, field: string, plans: Plans): string {
	if (field === "parent") return typeof value === "string" ? (stepNamed(value, plans)?.name ?? value) : "no container";
	return typeof value === "string" && value.trim() !== "" ? value : formatValue(value, field);
}

function describeEdge({ from, to }: Edge, plans: Plans): string {
	return `${stepNamed(from, plans)?.name ?? from} → ${stepNamed(to, plans)?.name ?? to}`;
}

function stepNamed(id: string, { mine, theirs, base }: Plans) {
	return [mine, theirs, base].flatMap(({ nodes }) => nodes).find((node) => node.id === id);
}
