import { isSameJson } from "../values/same-json";
import type { ConflictSubject, Referee, Side, Versions } from "./merge-conflict";
import { otherSide } from "./merge-conflict";
import { mergeJson, pickSide } from "./merge-json";
import { mergeOrder } from "./merge-order";

interface ItemRules<Item> {
	of: Exclude<ConflictSubject, "plan" | "node">;
	idOf(item: Item): string;
	/** What counts: two that say the same are the same, whatever else differs. */
	meaningOf(item: Item): object;
	/** Makes an item of merged fields. */
	parse(fields: unknown, sides: { mine: Item; theirs: Item; base: Item | undefined }): Item;
	/** Whether two versions have the same fields, so that they can be merged field by field. */
	isAlike(a: Item, b: Item): boolean;
}

/** Merges a list of things that have ids, one by one and field by field. */
export function mergeItems<Item>(lists: Versions<readonly Item[]>, rules: ItemRules<Item>, referee: Referee): Item[] {
	const maps = { base: index(lists.base, rules), mine: index(lists.mine, rules), theirs: index(lists.theirs, rules) };
	const order = mergeOrder({
		base: [...maps.base.keys()],
		mine: [...maps.mine.keys()],
		theirs: [...maps.theirs.keys()],
	});
	return order.flatMap((id) => {
		const [base, mine, theirs] = [maps.base.get(id), maps.mine.get(id), maps.theirs.get(id)];
		if (mine && theirs) return [mergeItem({ base, mine, theirs }, rules, referee)];
		const side: Side = mine ? "mine" : "theirs";
		const kept = mine ?? theirs;
		if (!kept || !base) return kept ? [kept] : [];
		if (isSameJson(rules.meaningOf(base), rules.meaningOf(kept))) return [];
		const removedBy = otherSide(side);
		return referee.decide({ kind: "removal", of: rules.of, itemId: id, removedBy }) === side ? [kept] : [];
	});
}

function index<Item>(items: readonly Item[], { idOf }: ItemRules<Item>): Map<string, Item> {
	return new Map(items.map((item) => [idOf(item), item]));
}

interface ItemVersions<Item> {
	base: Item | undefined;
	mine: Item;
	theirs: Item;
}

function mergeItem<Item>(versions: ItemVersions<Item>, rules: ItemRules<Item>, referee: Referee): Item {
	const whole = pickSide(versions);
	if (whole) return versions[whole];
	const { base, mine, theirs } = versions;
	const decide = (field: string, values: Versions<unknown>) =>
		referee.decide({ kind: "field", of: rules.of, itemId: rules.idOf(mine), field, ...values });
	const isAlike = rules.isAlike(mine, theirs) && (base === undefined || rules.isAlike(base, mine));
	if (!isAlike) return versions[decide("type", versions)];
	const fields = { base: base && rules.meaningOf(base), mine: rules.meaningOf(mine), theirs: rules.meaningOf(theirs) };
	return rules.parse(mergeJson(fields, decide), versions);
}
