import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";

/** Writes a value at a path of an object that is being built; objects on the way are made. */
export function putAt(target: JsonObject, [part, ...rest]: readonly string[], value: Json): void {
	if (part === undefined || part === "__proto__") return;
	if (rest.length === 0) {
		target[part] = value;
		return;
	}
	const inner = Object.hasOwn(target, part) ? target[part] : undefined;
	const next: JsonObject = isObject(inner) ? inner : {};
	target[part] = next;
	putAt(next, rest, value);
}
