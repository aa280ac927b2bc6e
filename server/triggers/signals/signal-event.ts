import type { JsonObject } from "../../plan/values/json";
import { isObject } from "../../plan/values/json";
import type { HookEvent } from "../hooks/settings/hook-event";

/** What Weft itself tells triggers, in the place of a request. */
export function signalEvent(body: JsonObject): HookEvent {
	return { method: "EVENT", headers: {}, query: {}, body, bodyHash: "" };
}

/** What a run of it reads as `trigger`. */
export function signalPayload(key: string, { body }: HookEvent): JsonObject {
	return { ...(isObject(body) && body), id: key };
}
