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
 * outside, since no depth ends the process and the work grows with what is there and with nothing else. The place is
 * that of the value at hand: it holds no longer than the visit.
 */
export function walkJson<Found>(root: unknown, visit: Visit<Found>): FoundInJson<Found> | undefined {
	const found = visit(root, undefined, { depth: 0, path: () => [] });
	if (found !== undefined) return { found, path: [] };
	if (!isObject(root)) return undefined;
	const place = new WalkPlace({ value: root, depth: 0 });
	for (let branch = place.open.pop(); branch; branch = place.open.pop()) {
		const below = visitEntries(place.enter(branch), visit, place);
		if (below !== undefined) return { found: below, path: place.path() };
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

/** One for the whole of a walk: an object for each of a million values costs more than looking at them. */
class WalkPlace implements Place {
	readonly open: Branch[];
	depth = 0;
	private branch: Branch;
	private key: Key = 0;

	constructor(root: Branch) {
		this.branch = root;
		this.open = [root];
	}

	enter(branch: Branch): object {
		this.branch = branch;
		this.depth = branch.depth + 1;
		return branch.value;
	}

	look<Found>(item: unknown, key: Key, visit: Visit<Found>): Found | undefined {
		this.key = key;
		const found = visit(item, key, this);
		if (found === undefined && isObject(item)) {
			this.open.push({ value: item, depth: this.depth, key, parent: this.branch });
		}
		return found;
	}

	path(): Key[] {
		const path: Key[] = [this.key];
		for (let at: Branch | undefined = this.branch; at?.key !== undefined; at = at.parent) path.unshift(at.key);
		return path;
	}
}

function visitEntries<Found>(value: object, visit: Visit<Found>, place: WalkPlace): Found | undefined {
	if (Array.isArray(value)) {
		for (let index = 0; index < value.length; index++) {
			const found = place.look(value[index], index, visit);
			if (found !== undefined) return found;
		}
		return undefined;
	}
	for (const key of Object.keys(value)) {
		const found = place.look(Reflect.get(value, key), key, visit);
		if (found !== undefined) return found;
	}
	return undefined;
}

function isObject(value: unknown): value is object {
	return typeof value === "object" && value !== null;
}
