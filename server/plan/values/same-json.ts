import { isObject } from "./json";

/** Whether two JSON values mean the same: the order of keys does not count, nor a key whose value is `undefined`. */
export function isSameJson(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (Array.isArray(a) && Array.isArray(b))
		return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]));
	if (!isObject(a) || !isObject(b)) return false;
	const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
	return [...keys].every((key) => isSameJson(ownValue(a, key), ownValue(b, key)));
}

/** What an object has under a key itself; undefined for what it inherits. */
export function ownValue(value: object, key: string): unknown {
	return Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
