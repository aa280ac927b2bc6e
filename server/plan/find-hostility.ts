import { PLAN_LIMITS } from "./plan";

/** What no plan holds, found before a schema looks at it. `path` leads to the place. */
export interface Hostility {
	path: readonly string[];
	code: string;
	message: string;
}

const LIMITS = { depth: 64, values: 200_000, references: 10_000 } as const;
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Looks over any value in one pass without recursion and stops at the first thing that no plan may hold: too much
 * of anything, keys that reach into JavaScript's objects, text that a database cannot store.
 */
export function findHostility(input: unknown): Hostility | undefined {
	const oversized = findTooMany(input);
	if (oversized) return oversized;
	const counts = { chars: 0, values: 0, references: 0 };
	const open: Place[] = [{ value: input, depth: 0 }];
	for (let place = open.pop(); place; place = open.pop()) {
		const found = checkValue(place, counts);
		if (found) return { ...found, path: pathOf(place) };
		for (const [key, value] of entriesOf(place.value)) {
			if (FORBIDDEN_KEYS.has(key)) return refuseKey(pathOf(place), key);
			counts.chars += key.length;
			open.push({ value, depth: place.depth + 1, key, parent: place });
		}
	}
	return undefined;
}

interface Place {
	value: unknown;
	depth: number;
	key?: string;
	parent?: Place;
}

interface Counts {
	chars: number;
	values: number;
	references: number;
}

function findTooMany(input: unknown): Hostility | undefined {
	if (typeof input !== "object" || input === null) return undefined;
	for (const list of ["nodes", "edges"] as const) {
		const value: unknown = Object.hasOwn(input, list) ? Reflect.get(input, list) : undefined;
		if (!Array.isArray(value) || value.length <= PLAN_LIMITS[list]) continue;
		const what = list === "nodes" ? "steps" : "connections";
		const message = `A plan holds at most ${PLAN_LIMITS[list]} ${what}, and this one has ${value.length}. Split it.`;
		return { path: [list], code: "too_large", message };
	}
	return undefined;
}

function checkValue({ value, depth }: Place, counts: Counts): Omit<Hostility, "path"> | undefined {
	counts.values += Array.isArray(value) ? 1 + value.length : 1;
	if (depth > LIMITS.depth)
		return { code: "too_deep", message: `Values are nested at most ${LIMITS.depth} deep. Flatten this one.` };
	if (counts.values > LIMITS.values)
		return { code: "too_large", message: `A plan holds at most ${LIMITS.values} values.` };
	if (typeof value === "string") return checkText(value, counts);
	if (counts.chars > PLAN_LIMITS.bytes) return TOO_MUCH_TEXT;
	return undefined;
}

const TOO_MUCH_TEXT = {
	code: "too_large",
	message: `A plan holds at most ${PLAN_LIMITS.bytes / 1_000_000} MB of text. Keep large content in files or in a repository.`,
};

function checkText(text: string, counts: Counts): Omit<Hostility, "path"> | undefined {
	counts.chars += text.length;
	if (counts.chars > PLAN_LIMITS.bytes) return TOO_MUCH_TEXT;
	if (text.includes("\0")) return { code: "invalid_text", message: "A text holds a NUL character. Remove it." };
	if (!text.isWellFormed())
		return { code: "invalid_text", message: "A text holds half a character. Remove it or type it again." };
	for (let at = text.indexOf("{{"); at >= 0; at = text.indexOf("{{", at + 2)) counts.references += 1;
	if (counts.references <= LIMITS.references) return undefined;
	return { code: "too_large", message: `A plan holds at most ${LIMITS.references} references.` };
}

function refuseKey(path: readonly string[], key: string): Hostility {
	return {
		path: [...path, key],
		code: "forbidden_key",
		message: `The name ${key} cannot be used. Choose another one.`,
	};
}

function entriesOf(value: unknown): [string, unknown][] {
	return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function pathOf(place: Place): string[] {
	const path: string[] = [];
	for (let at: Place | undefined = place; at?.key !== undefined; at = at.parent) path.unshift(at.key);
	return path;
}
