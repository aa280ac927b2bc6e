import type { Json, JsonObject } from "../../../plan/values/json";

/** What a request brings, as `{{ trigger.… }}` reads it beside its type and the trigger's id. */
export interface HookEvent {
	method: string;
	/** By lower-case name, without those that hold secrets. */
	headers: Record<string, string>;
	query: JsonObject;
	/** JSON as it is, the fields of a form, a text, or `{ base64 }`. */
	body: Json;
	/** Of a multipart form: `{ field, name, type, size, base64 }`. To a run they are references, with an id in place of the bytes. */
	files?: JsonObject[];
	/** SHA-256 of the body's bytes. */
	bodyHash: string;
}

/** The trigger of a run as its steps read it. */
export function payloadOf(key: string, { bodyHash: _, ...event }: HookEvent): JsonObject {
	const { files, ...rest } = event;
	return { id: key, ...rest, ...(files && { files }) };
}
