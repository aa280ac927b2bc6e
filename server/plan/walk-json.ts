type Key = string | number;

/** What a walk found, and the keys that lead to it. */
export interface FoundInJson<Found> {
	found: Found;
	path: Key[];
}

/** Where a value stands: so many levels down, at the end of these keys. */
export interface Place {
	depth: number;
	path(): Key[];
}

/** Looks at one value and at its key in what holds it (undefined for the root). */
export type Visit<Found> = (value: unknown, key: Key | undefined, place: Place) => Found | undefined;

/**
 * Looks at everything in a value once, without recursion, until `visit` answers: the one way to look over what came from
 * outside, since no depth ends the process and the work grows with what is there and with nothing else.
 */
export function walkJson<Found>(root: unknown, visit: Visit<Found>): FoundInJson<Found> | undefined {
	const found = visit(root, undefined, { depth: 0, path: () => [] });
	if (found !== undefined) return { found, path: [] };
	const open: Branch[] = isObject(root) ? [{ value: root, depth: 0 }] : [];
	for (let branch = open.pop(); branch; branch = open.pop()) {
		const below = visitEntries(branch, visit, open);
		if (below) return below;
	}
	return undefined;
}

/** A list or an object whose entries are still to be looked at. */
interface Branch {
	value: object;
	depth: number;
	key?: Key;
	parent?: Branch;
}

function visitEntries<Found>(branch: Branch, visit: Visit<Found>, open: Branch[]): FoundInJson<Found> | undefined {
	const { value } = branch;
	const keys = Array.isArray(value) ? undefined : Object.keys(value);
	const items: unknown[] = Array.isArray(value) ? value : Object.values(value);
	const depth = branch.depth + 1;
	let key: Key = 0;
	const place = { depth, path: () => [...pathOf(branch), key] };
	for (let index = 0; index < items.length; index++) {
		const item = items[index];
		key = keys?.[index] ?? index;
		const found = visit(item, key, place);
		if (found !== undefined) return { found, path: place.path() };
		if (isObject(item)) open.push({ value: item, depth, key, parent: branch });
	}
	return undefined;
}

function pathOf(branch: Branch): Key[] {
	const path: Key[] = [];
	for (let at: Branch | undefined = branch; at?.key !== undefined; at = at.parent) path.unshift(at.key);
	return path;
}

function isObject(value: unknown): value is object {
	return typeof value === "object" && value !== null;
}
