import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";
import { textIn } from "./adapter";

/** Characters of all calls that are kept as JSON: the oldest are forgotten. */
const MAX_CHARACTERS = 10_000_000;

interface Known {
	call: JsonObject;
	characters: number;
}

/** The calls that an agent has begun: it tells of one in parts, and asks about it by its id alone. */
export function createAcpCalls() {
	const calls = new Map<string, Known>();
	let characters = 0;

	function forget(id: string): void {
		characters -= calls.get(id)?.characters ?? 0;
		calls.delete(id);
	}

	function keep(id: string, call: JsonObject): JsonObject {
		forget(id);
		const known = { call, characters: id.length + JSON.stringify(call).length };
		calls.set(id, known);
		characters += known.characters;
		for (const oldest of calls.keys()) {
			if (characters <= MAX_CHARACTERS) break;
			forget(oldest);
		}
		return call;
	}

	return {
		/** An id that is told anew is another call. */
		begin: (told: JsonObject) => keep(textIn(told.toolCallId), partsOf(told)),
		/** @returns all that is known of it by now */
		merge(told: JsonObject): JsonObject {
			const id = textIn(told.toolCallId);
			return keep(id, { ...calls.get(id)?.call, ...partsOf(told) });
		},
		end: ({ toolCallId }: JsonObject) => forget(textIn(toolCallId)),
	};
}

const PARTS = ["title", "kind", "rawInput", "content", "locations"];

function partsOf(told: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(told).filter(([name, value]) => PARTS.includes(name) && isTold(value)));
}

function isTold(value: Json | undefined): boolean {
	if (value === undefined || value === null || value === "") return false;
	return isObject(value) || Array.isArray(value) ? Object.keys(value).length > 0 : true;
}

export function nameOf({ title, kind }: JsonObject): string {
	return textIn(title) || textIn(kind) || "a tool";
}

/** What a call would do, as far as it is told; null if it is not. A title may be all that tells it. */
export function inputOf({ title, rawInput, content, locations }: JsonObject): Json {
	if (isTold(rawInput) && rawInput !== undefined) return rawInput;
	const told = Object.entries({ title, content, locations }).filter(([, value]) => isTold(value));
	return told.length === 0 ? null : partsOf(Object.fromEntries(told.map(([name, value]) => [name, value ?? null])));
}
