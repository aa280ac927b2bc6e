import type { NodeId, Plan } from "../plan";
import type { Referee, Side, Versions } from "./merge-conflict";
import { otherSide } from "./merge-conflict";
import { pickSide } from "./merge-json";
import { touchedNodes } from "./touched-nodes";

/**
 * For the steps whose type one side exchanged: whose type and config they get. A config, connections and a body mean what
 * the type makes of them, so it is a conflict when the other side changed any of these.
 */
export function decideTypes(plans: Versions<Plan>, referee: Referee): ReadonlyMap<NodeId, Side> {
	const [base, theirs] = [typesOf(plans.base), typesOf(plans.theirs)];
	const sides = new Map<NodeId, Side>();
	for (const { id, type } of plans.mine.nodes) {
		const types = { base: base.get(id), mine: type, theirs: theirs.get(id) };
		if (types.theirs === undefined || types.theirs === type) continue;
		const side = pickSide(types);
		const isFree = side && !touchedNodes(plans.base, plans[otherSide(side)]).has(id);
		sides.set(id, isFree ? side : referee.decide({ kind: "field", of: "node", itemId: id, field: "type", ...types }));
	}
	return sides;
}

function typesOf(plan: Plan): Map<NodeId, string> {
	return new Map(plan.nodes.map(({ id, type }) => [id, type]));
}
