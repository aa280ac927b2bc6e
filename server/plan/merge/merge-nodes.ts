import { samePosition } from "../edits/change-nodes";
import { type NodeId, type Plan, type PlanNode, planNodeSchema } from "../plan";
import type { Home } from "./decide-parents";
import { meaningOf } from "./keep-apart";
import type { Referee, Versions } from "./merge-conflict";
import { mergeJson, pickSide } from "./merge-json";

/** Merges the steps that both sides have field by field; those of one side are taken as they are. */
export function mergeNodes(
	plans: Versions<Plan>,
	homes: ReadonlyMap<NodeId, Home>,
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
		merged.set(id, a && b ? mergeNode({ base: base.get(id), mine: a, theirs: b }, home, referee) : settle(only, home));
	}
	return merged;
}

interface NodeVersions {
	base: PlanNode | undefined;
	mine: PlanNode;
	theirs: PlanNode;
}

function mergeNode(versions: NodeVersions, home: Home, referee: Referee): PlanNode {
	const fields = {
		base: versions.base && fieldsOf(versions.base),
		mine: fieldsOf(versions.mine),
		theirs: fieldsOf(versions.theirs),
	};
	const side = pickSide(fields);
	const node = side ? versions[side] : mergeFields(versions, referee);
	return settle({ ...node, position: positionOf(versions, home) }, home, side && versions[side]);
}

/** What a step says, without where it stands. */
function fieldsOf(node: PlanNode): object {
	return meaningOf({ ...node, parent: undefined });
}

/**
 * A config means what its type makes of it: when one side changed the type and the other the config, the two belong
 * together.
 */
function mergeFields(versions: NodeVersions, referee: Referee): PlanNode {
	const { base, mine, theirs } = versions;
	const decide = (field: string, values: Versions<unknown>) =>
		referee.decide({ kind: "field", of: "node", itemId: mine.id, field, ...values });
	const isSameType = mine.type === theirs.type && (base === undefined || base.type === mine.type);
	const [from, into] = [base && fieldsOf(base), { mine: fieldsOf(mine), theirs: fieldsOf(theirs) }];
	if (isSameType) return planNodeSchema.parse(mergeJson({ base: from, ...into }, decide));
	const types = { base: base?.type, mine: mine.type, theirs: theirs.type };
	const kinds = { base: kindOf(base), mine: kindOf(mine), theirs: kindOf(theirs) };
	const { type, config } = versions[pickSide(kinds) ?? decide("type", types)];
	const rest = mergeJson(
		{
			base: base && { ...from, type, config },
			mine: { ...into.mine, type, config },
			theirs: { ...into.theirs, type, config },
		},
		decide,
	);
	return planNodeSchema.parse(rest);
}

function kindOf(node: PlanNode | undefined): object | undefined {
	return node && { type: node.type, config: node.config };
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
