import type { Reference } from "./reference";
import type { Scope } from "./scope";

/**
 * The scope as the library can read it. It asks a value for its `constructor` to see what it is, and is misled by an
 * object with a key of that name: such objects are maps for it. Only what an expression names is looked at.
 */
export function celScope(references: readonly Reference[], scope: Scope): Record<string, unknown> {
	let roots: unknown = { ...scope, ...(scope.secrets && { secrets: nestSecrets(scope.secrets) }) };
	for (const { path } of references) roots = convertAt(roots, path);
	return { ...Object(roots) };
}

/** Parts stand inside their credential, whose own value gives way to them. */
function nestSecrets(secrets: NonNullable<Scope["secrets"]>): Record<string, unknown> {
	const nested = new Map<string, unknown>(Object.entries(secrets).filter(([reference]) => !reference.includes(".")));
	for (const [reference, value] of Object.entries(secrets)) {
		const [name = "", part] = reference.split(".");
		const parts = nested.get(name);
		if (part !== undefined) nested.set(name, { ...(typeof parts === "object" && parts), [part]: value });
	}
	return Object.fromEntries(nested);
}

/** Values in which nothing has to change are given back as they are. */
function convertAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
	if (key === undefined) return convertAll(value);
	const child = childOf(value, key);
	const converted = convertAt(child, rest);
	return toMapIfMisleading(converted === child ? value : withChild(value, key, converted));
}

function convertAll(value: unknown): unknown {
	if (typeof value !== "object" || value === null || value instanceof Map) return value;
	if (Array.isArray(value)) {
		const items = value.map(convertAll);
		return items.some((item, index) => item !== value[index]) ? items : value;
	}
	let changed: Record<string, unknown> | undefined;
	for (const [key, item] of Object.entries(value)) {
		const converted = convertAll(item);
		if (converted === item) continue;
		changed ??= Object.fromEntries(Object.entries(value));
		changed[key] = converted;
	}
	return toMapIfMisleading(changed ?? value);
}

function toMapIfMisleading(value: unknown): unknown {
	const isPlain = typeof value === "object" && value !== null && !(value instanceof Map);
	return isPlain && Object.hasOwn(value, "constructor") ? new Map(Object.entries(value)) : value;
}

function childOf(value: unknown, key: string): unknown {
	if (value instanceof Map) return value.get(key);
	return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

function withChild(value: unknown, key: string, child: unknown): unknown {
	if (value instanceof Map) return new Map(value).set(key, child);
	if (Array.isArray(value)) return value.with(Number(key), child);
	return Object.fromEntries(Object.entries(Object(value)).map(([name, item]) => [name, name === key ? child : item]));
}
