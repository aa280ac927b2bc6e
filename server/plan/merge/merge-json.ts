import { isObject } from "../values/json";
import { isSameJson, ownValue } from "../values/same-json";
import type { Side, Versions } from "./merge-conflict";

/** The side that changed a value; nothing when both did, differently. */
export function pickSide({ base, mine, theirs }: Versions<unknown>): Side | undefined {
	if (isSameJson(mine, theirs) || isSameJson(base, theirs)) return "mine";
	return isSameJson(base, mine) ? "theirs" : undefined;
}

export type DecideField = (field: string, versions: Versions<unknown>) => Side;

/**
 * Merges objects field by field, as deep as there are objects; a list is one value. `undefined` stands for a field that
 * is not there, so that removing and changing the same one is a conflict too.
 */
export function mergeJson(versions: Versions<unknown>, decide: DecideField, path: readonly string[] = []): unknown {
	const side = pickSide(versions);
	if (side) return versions[side];
	const { base, mine, theirs } = versions;
	const canMerge = isObject(mine) && isObject(theirs) && (base === undefined || isObject(base));
	if (!canMerge) return versions[decide(path.join("."), versions)];
	const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
	const entries = [...keys].map((key) => {
		const inner = { base: base && ownValue(base, key), mine: ownValue(mine, key), theirs: ownValue(theirs, key) };
		return [key, mergeJson(inner, decide, [...path, key])] as const;
	});
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
