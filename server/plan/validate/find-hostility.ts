import { PLAN_LIMITS } from "../plan";
import { FORBIDDEN_KEYS } from "../values/forbidden-keys";
import { walkJson } from "../values/walk-json";

/** What no plan holds, found before a schema looks at it. `path` leads to the place. */
export interface Hostility {
	path: readonly string[];
	code: string;
	message: string;
}

const LIMITS = { depth: 64, values: 100_000, references: 10_000 } as const;

type Problem = Omit<Hostility, "path">;

/**
 * Looks over any value in one pass without recursion and stops at the first thing that no plan may hold: too much
 * of anything, keys that reach into JavaScript's objects, text that a database cannot store.
 */
export function findHostility(input: unknown): Hostility | undefined {
	const oversized = findTooMany(input);
	if (oversized) return oversized;
	const counts = { chars: 0, values: 0, references: 0 };
	const found = walkJson<Problem>(input, (value, key, { depth }) => {
		return checkValue(value, depth, counts) ?? (typeof key === "string" ? checkKey(key, counts) : undefined);
	});
	return found && { ...found.found, path: found.path.map(String) };
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

function checkValue(value: unknown, depth: number, counts: Counts): Problem | undefined {
	counts.values += Array.isArray(value) ? 1 + value.length : 1;
	if (depth > LIMITS.depth)
		return { code: "too_deep", message: `Values are nested at most ${LIMITS.depth} deep. Flatten this one.` };
	if (counts.values > LIMITS.values)
		return { code: "too_large", message: `A plan holds at most ${LIMITS.values} values.` };
	return typeof value === "string" ? checkText(value, counts) : undefined;
}

function checkKey(key: string, counts: Counts): Problem | undefined {
	counts.chars += key.length;
	if (counts.chars > PLAN_LIMITS.bytes) return TOO_MUCH_TEXT;
	if (FORBIDDEN_KEYS.has(key))
		return { code: "forbidden_key", message: `The name ${key} cannot be used. Choose another one.` };
	const problem = findTextProblem(key);
	return problem === undefined ? undefined : { code: "invalid_text", message: `A name ${problem}` };
}

const TOO_MUCH_TEXT = {
	code: "too_large",
	message: `A plan holds at most ${PLAN_LIMITS.bytes / 1_000_000} MB of text. Keep large content in files or in a repository.`,
};

function checkText(text: string, counts: Counts): Problem | undefined {
	counts.chars += text.length;
	if (counts.chars > PLAN_LIMITS.bytes) return TOO_MUCH_TEXT;
	const problem = findTextProblem(text);
	if (problem !== undefined) return { code: "invalid_text", message: `A text ${problem}` };
	for (let at = text.indexOf("{{"); at >= 0; at = text.indexOf("{{", at + 2)) counts.references += 1;
	if (counts.references <= LIMITS.references) return undefined;
	return { code: "too_large", message: `A plan holds at most ${LIMITS.references} references.` };
}

/** What keeps a text, or a name, from being stored: neither PostgreSQL nor UTF-8 has these. */
export function findTextProblem(text: string): string | undefined {
	if (text.includes("\0")) return "holds a NUL character. Remove it.";
	return text.isWellFormed() ? undefined : "holds half a character. Remove it or type it again.";
}
