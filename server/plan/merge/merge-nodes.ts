import { samePosition } from "../edits/change-nodes";
import { type NodeId, type Plan, type PlanNode, planNodeSchema } from "../plan";
import type { Home } from "./decide-parents";
import { meaningOf } from "./keep-apart";
import type { Referee, Side, Versions } from "./merge-conflict";
import { mergeJson, pickSide } from "./merge-json";

/** Where each step stands, and for those whose type was exchanged, whose type they get. */
export interface Decisions {
	homes: ReadonlyMap<NodeId, Home>;
	types: ReadonlyMap<NodeId, Side>;
}

/** Merges the steps that both sides have field by field; those of one side are taken as they are. */
export function mergeNodes(
	plans: Versions<Plan>,
	{ homes, types }: Decisions,
	referee: Referee,
): Map<NodeId, PlanNode> {
	const base = new Map(plans.base.nodes.map((node) => [node.id, node]));
	const mine = new Map(plans.mine.nodes.map((node) => [node.id, node]));
	const theirs = new Map(plans.theirs.nodes.map((node) => [node.id, node]));
	const merged = new Map<NodeId, PlanNode>();
	for (const [id, home] of homes) {
		const [a, b] = [mine.get(id), theirs.get(id)];
		const only = a ?? b;
		if (!only) continue;
		const versions = a && b && { base: base.get(id), mine: a, theirs: b, typeSide: types.get(id) };
		merged.set(id, versions ? mergeNode(versions, home, referee) : settle(only, home));
	}
	return merged;
}

interface NodeVersions {
	base: PlanNode | undefined;
	mine: PlanNode;
	theirs: PlanNode;
	/** Whose type and config count, when the types differ. */
	typeSide: Side | undefined;
}

function mergeNode(versions: NodeVersions, home: Home, referee: Referee): PlanNode {
	const fields = {
		base: versions.base && fieldsOf(versions.base),
		mine: fieldsOf(versions.mine),
		theirs: fieldsOf(versions.theirs),
	};
	const side = versions.typeSide ? undefined : pickSide(fields);
	const node = side ? versions[side] : mergeFields(versions, referee);
	return settle({ ...node, position: positionOf(versions, home) }, home, side && versions[side]);
}

/** What a step says, without where it stands. */
function fieldsOf(node: PlanNode): object {
	return meaningOf({ ...node, parent: undefined });
}

function mergeFields(versions: NodeVersions, referee: Referee): PlanNode {
	const { base, mine, theirs, typeSide } = versions;
	const { type, config } = versions[typeSide ?? "mine"];
	const fixed = typeSide && { type, config };
	const merged = mergeJson(
		{
			base: base && { ...fieldsOf(base), ...fixed },
			mine: { ...fieldsOf(mine), ...fixed },
			theirs: { ...fieldsOf(theirs), ...fixed },
		},
		(field, values) => referee.decide({ kind: "field", of: "node", itemId: mine.id, field, ...values }),
	);
	return planNodeSchema.parse(merged);
}

/** A place counts from the corner of the container, so the two come from the same side. Both moved it: mine stays. */
function positionOf({ base, mine, theirs }: NodeVersions, home: Home): PlanNode["position"] {
	if (mine.parent !== theirs.parent) return home.side === "mine" ? mine.position : theirs.position;
	return base && samePosition(base.position, mine.position) ? theirs.position : mine.position;
}

/** The node at its home; `original` itself when that says the same. */
function settle(node: PlanNode, { parent }: Home, original: PlanNode | undefined = node): PlanNode {
	if (original.parent === parent && samePosition(original.position, node.position)) return original;
	const { parent: _, ...rest } = node;
	return { ...rest, ...(parent !== undefined && { parent }) };
}
