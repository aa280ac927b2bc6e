import type { JsonObject } from "@/server/plan/values/json";

/** Gives an entry another name in its place. A name that another entry has changes nothing. */
export function renameKey(entries: JsonObject, from: string, to: string): JsonObject {
	if (from === to || Object.hasOwn(entries, to)) return entries;
	return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name === from ? to : name, value]));
}

export function removeKey(entries: JsonObject, name: string): JsonObject {
	const { [name]: _, ...rest } = entries;
	return rest;
}

/** Adds an empty entry at the end: its name is the first that is free. */
export function addKey(entries: JsonObject): JsonObject {
	let name = "name";
	for (let count = 2; Object.hasOwn(entries, name); count++) name = `name_${count}`;
	return { ...entries, [name]: "" };
}
