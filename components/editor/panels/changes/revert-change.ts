import { catalog } from "@/server/nodes/catalog";
import { connect, disconnect } from "@/server/plan/edits/connect";
import { revertNode } from "@/server/plan/edits/revert-node";
import type { Plan } from "@/server/plan/plan";
import type { PlanChange } from "./list-changes";

/** Takes one change back: what it is about becomes what it is in `base`. Everything else stays. */
export function revertChange(plan: Plan, base: Plan, { of, id, kind, edge }: PlanChange): Plan {
	switch (of) {
		case "node":
			return revertNode(plan, { base, id }, catalog);
		case "edge":
			if (!edge) return plan;
			return kind === "added" ? disconnect(plan, [id]) : connect(plan, edge, catalog);
		case "input":
			return { ...plan, inputs: revertItem(plan.inputs, base.inputs, ({ name }) => name === id) };
		case "note":
			return { ...plan, notes: revertItem(plan.notes, base.notes, (note) => note.id === id) };
		case "triggers":
			return { ...plan, triggers: base.triggers };
		case "settings":
			return { ...plan, settings: base.settings };
	}
}

/** An entry that comes back takes its old place, as far as the list still reaches. */
function revertItem<Item>(items: readonly Item[], base: readonly Item[], matchesCase: (item: Item) => boolean): Item[] {
	const old = base.find(matchesCase);
	const at = items.findIndex(matchesCase);
	if (!old) return items.filter((item) => !matchesCase(item));
	return at < 0 ? items.toSpliced(base.indexOf(old), 0, old) : items.toSpliced(at, 1, old);
}
