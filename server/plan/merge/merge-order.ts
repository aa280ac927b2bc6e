import type { Versions } from "./merge-conflict";

/**
 * The order of a merged list: that of the side which changed it, with what only the other has after its neighbour there.
 */
export function mergeOrder({ base, mine, theirs }: Versions<readonly string[]>): string[] {
	return isSameList(base, theirs) ? weave(mine, theirs) : weave(theirs, mine);
}

function weave(first: readonly string[], second: readonly string[]): string[] {
	const known = new Set(first);
	const after = new Map<string | undefined, string[]>();
	let neighbour: string | undefined;
	for (const id of second) {
		if (known.has(id)) {
			neighbour = id;
			continue;
		}
		known.add(id);
		after.set(neighbour, [...(after.get(neighbour) ?? []), id]);
	}
	return [...(after.get(undefined) ?? []), ...first.flatMap((id) => [id, ...(after.get(id) ?? [])])];
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((id, index) => id === b[index]);
}
