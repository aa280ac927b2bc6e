import { canonicalJson } from "../hash-plan";
import type { NodeId, Plan, PlanNode } from "../plan";
import { groupBy } from "../values/group-by";
import { isSameJson } from "../values/same-json";

/** Old id → new id. */
export type Renames = ReadonlyMap<NodeId, NodeId>;

/**
 * The steps that have another id in `after` than in `before`. Plans do not say so themselves: a step is known again by
 * its type and by two of its name, its place and its config, of which one edit changes at most one.
 */
export function followRenames(before: Plan, after: Plan): Renames {
	const lost = leavers(before, after);
	if (lost.length === 0) return new Map();
	const found = leavers(after, before).map((node) => ({ node, isTaken: false }));
	const renames = new Map<NodeId, NodeId>();
	for (const traitsOf of [allTraits, pairsOfTraits]) {
		const byTrait = groupByTrait(found, traitsOf);
		for (const old of lost) {
			const now = renames.has(old.id) ? undefined : firstFree(traitsOf(old).map((trait) => byTrait.get(trait) ?? []));
			if (!now) continue;
			now.isTaken = true;
			renames.set(old.id, now.node.id);
		}
	}
	return renames;
}

interface Found {
	node: PlanNode;
	isTaken: boolean;
}

/** Steps that share a trait, the last one first. Looking each step up takes no longer the more of them there are. */
function groupByTrait(found: readonly Found[], traitsOf: (node: PlanNode) => string[]): Map<string, Found[]> {
	const groups = new Map<string, Found[]>();
	for (const one of found.toReversed()) {
		for (const trait of traitsOf(one.node)) {
			const group = groups.get(trait) ?? [];
			groups.set(trait, group);
			group.push(one);
		}
	}
	return groups;
}

function firstFree(groups: readonly Found[][]): Found | undefined {
	for (const group of groups) {
		while (group.at(-1)?.isTaken) group.pop();
		const first = group.at(-1);
		if (first) return first;
	}
	return undefined;
}

function allTraits(node: PlanNode): string[] {
	return [canonicalJson([node.type, node.name, placeOf(node), node.config])];
}

function pairsOfTraits(node: PlanNode): string[] {
	const { type, name, config } = node;
	const place = placeOf(node);
	return [
		canonicalJson([type, { name, place }]),
		canonicalJson([type, { name, config }]),
		canonicalJson([type, { place, config }]),
	];
}

function placeOf({ parent, position: { x, y } }: PlanNode) {
	return { parent, x, y };
}

/**
 * Gives what is kept by the ids of steps to their new ids. What was kept under an id that is taken now, as of a step that
 * was deleted, changes places with it: nothing is lost, and the renaming undone brings everything back.
 */
export function rekey<T>(values: Readonly<Record<NodeId, T>>, renames: Renames): Readonly<Record<NodeId, T>> {
	if (renames.size === 0) return values;
	const origins = new Map([...renames].map(([from, to]) => [to, from]));
	return Object.fromEntries(
		Object.entries(values).map(([id, value]) => [renames.get(id) ?? freePlace(id, origins), value]),
	);
}

function freePlace(id: NodeId, origins: ReadonlyMap<NodeId, NodeId>): NodeId {
	let place = id;
	for (let from = origins.get(place); from !== undefined; from = origins.get(place)) place = from;
	return place;
}

/** The steps of a plan whose id is gone from the other one, or belongs to quite another step there. */
function leavers(plan: Plan, other: Plan): PlanNode[] {
	const others = groupBy(other.nodes, ({ id }) => id);
	return plan.nodes.filter((node) => {
		const namesakes = others.get(node.id) ?? [];
		return namesakes.every((namesake) => compare(node, namesake) === 0);
	});
}

/** How many of name, place and config are the same; none for steps of different types. */
function compare(a: PlanNode, b: PlanNode): number {
	if (a === b) return 3;
	if (a.type !== b.type) return 0;
	const isSamePlace = a.parent === b.parent && isSameJson(a.position, b.position);
	return Number(a.name === b.name) + Number(isSamePlace) + Number(isSameJson(a.config, b.config));
}
